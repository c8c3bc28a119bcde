import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { z } from 'zod'
import { HttpError, readBody, redirect, sendJson, serveRoutes } from '../pages/http-server.ts'
import { sendPage } from '../pages/page.ts'
import { checkCard, isDeclined, readCardForm } from './card.ts'
import { checkoutPage, closedPage } from './checkout-page.ts'
import { dashboardPage } from './dashboard-page.ts'
import { createSession, getPayment, getSession, parseJson, refund } from './sessions.ts'
import type { Session, StateFile } from './state.ts'
import type { Webhooks } from './webhooks.ts'

/** The provider's API for merchants, its hosted checkout for buyers, and a dashboard. */
export function paymentRoutes({ state, save }: StateFile, options: PaymentOptions): RequestListener {
  const { webhooks } = options
  const authorize = (request: IncomingMessage) => {
    if (!sameText(request.headers.authorization ?? '', `Bearer ${options.apiKey}`)) {
      throw new HttpError(401, 'The API key is missing or wrong.')
    }
  }

  function pay(session: Session, body: string, response: ServerResponse) {
    if (session.status === 'paid') return redirect(response, session.successUrl)
    if (session.status === 'cancelled') return sendPage(response, closedPage(session))
    const card = readCardForm(body)
    const errors = checkCard(card)
    if (Object.keys(errors).length > 0)
      return sendPage(response, checkoutPage(session, { errors, name: card.name }))
    if (isDeclined(card)) {
      webhooks.announce('payment.failed', session)
      return sendPage(response, checkoutPage(session, { declined: true, name: card.name }))
    }
    session.status = 'paid'
    webhooks.announce('payment.succeeded', session)
    redirect(response, session.successUrl)
  }

  function refundAndAnnounce(session: Session, amountMinor?: number) {
    refund(session, amountMinor)
    webhooks.announce('payment.refunded', session)
  }

  return serveRoutes([
    [
      'POST',
      /^\/v1\/checkout_sessions$/,
      async ({ request, response }) => {
        authorize(request)
        const key = request.headers['idempotency-key']
        const session = createSession(
          state,
          await readBody(request),
          typeof key === 'string' ? key : undefined,
        )
        save()
        sendJson(response, 201, { id: session.id, url: `${options.publicUrl()}/checkout/${session.id}` })
      },
    ],
    [
      'GET',
      /^\/v1\/checkout_sessions\/(\w+)$/,
      ({ request, response, captures }) => {
        authorize(request)
        const { idempotency: _, ...session } = getSession(state, captures[0])
        sendJson(response, 200, session)
      },
    ],
    [
      'POST',
      /^\/v1\/payments\/(\w+)\/refunds$/,
      async ({ request, response, captures }) => {
        authorize(request)
        const session = getPayment(state, captures[0])
        const wanted = RefundRequest.safeParse(parseJson((await readBody(request)) || '{}'))
        if (!wanted.success) throw new HttpError(400, 'amountMinor: a whole number')
        refundAndAnnounce(session, wanted.data.amountMinor)
        const { paymentId, amountMinor, refundedMinor } = session
        sendJson(response, 201, { paymentId, amountMinor, refundedMinor })
      },
    ],
    [
      'GET',
      /^\/checkout\/(\w+)$/,
      ({ response, captures }) => {
        const session = getSession(state, captures[0])
        sendPage(response, session.status === 'open' ? checkoutPage(session) : closedPage(session))
      },
    ],
    [
      'POST',
      /^\/checkout\/(\w+)\/pay$/,
      async ({ request, response, captures }) =>
        pay(getSession(state, captures[0]), await readBody(request), response),
    ],
    [
      'POST',
      /^\/checkout\/(\w+)\/cancel$/,
      ({ response, captures }) => {
        const session = getSession(state, captures[0])
        if (session.status === 'open') session.status = 'cancelled'
        save()
        redirect(response, session.status === 'paid' ? session.successUrl : session.cancelUrl)
      },
    ],
    ['GET', /^\/$/, ({ response }) => sendPage(response, dashboardPage(state))],
    [
      'POST',
      /^\/dashboard\/payments\/(\w+)\/refund$/,
      ({ request, response, captures }) => {
        refuseForeignPages(request)
        refundAndAnnounce(getPayment(state, captures[0]))
        redirect(response, '/')
      },
    ],
  ])
}

/** A page of another site must not be able to press the dashboard's buttons. */
function refuseForeignPages(request: IncomingMessage): void {
  const { origin, host } = request.headers
  if (origin !== undefined && origin !== `http://${host}`) throw new HttpError(403, 'Not from this page.')
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const RefundRequest = z.object({ amountMinor: z.number().int().optional() })

export interface PaymentOptions {
  apiKey: string
  webhooks: Webhooks
  /** Known once the server listens. */
  publicUrl: () => string
}
