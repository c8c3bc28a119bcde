import type { RequestListener } from 'node:http'
import { HttpError, redirect, sendJson, serveRoutes } from '../pages/http-server.ts'
import { sendPage } from '../pages/page.ts'
import type { Message } from './message.ts'
import { listPage, mailList, messagePage } from './page.ts'
import type { MailStore } from './store.ts'

/** The pages under `/mail` and the same as JSON under `/mail/api`. */
export function mailPages(store: MailStore): RequestListener {
  const get = (id: string | undefined): Message => {
    const message = store.find(id ?? '')
    if (!message) throw new HttpError(404, 'There is no such mail.')
    return message
  }
  return serveRoutes([
    [
      'GET',
      /^\/mail\/list$/,
      ({ response, url }) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
        response.end(mailList(store.messages, store.find(url.searchParams.get('open') ?? '')).markup)
      },
    ],
    ['GET', /^\/mail\/?$/, ({ response }) => sendPage(response, listPage(store.messages))],
    [
      'GET',
      /^\/mail\/messages\/([\w-]+)$/,
      ({ response, captures }) => {
        const message = store.find(captures[0]!)
        if (message) sendPage(response, messagePage(store.messages, message))
        else redirect(response, '/mail')
      },
    ],
    [
      'GET',
      /^\/mail\/messages\/([\w-]+)\/html$/,
      ({ response, captures }) => {
        const { html } = get(captures[0])
        response.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': mailPolicy,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        })
        response.end(`<!doctype html><base target="_blank">${html}`)
      },
    ],
    [
      'POST',
      /^\/mail\/delete-all$/,
      ({ response }) => {
        store.clear()
        redirect(response, '/mail')
      },
    ],
    [
      'GET',
      /^\/mail\/api\/messages$/,
      ({ response, url }) => {
        const to = url.searchParams.get('to')?.toLowerCase()
        const fits = (message: Message) => !to || message.to.some((address) => address.toLowerCase() === to)
        sendJson(response, 200, store.messages.filter(fits))
      },
    ],
    [
      'GET',
      /^\/mail\/api\/messages\/([\w-]+)$/,
      ({ response, captures }) => sendJson(response, 200, get(captures[0])),
    ],
    [
      'DELETE',
      /^\/mail\/api\/messages$/,
      ({ response }) => {
        store.clear()
        response.writeHead(204).end()
      },
    ],
  ])
}

/** A mail is somebody else's document: no script, nothing loaded from anywhere, links open elsewhere. */
const mailPolicy =
  'sandbox allow-popups allow-popups-to-escape-sandbox; ' +
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
