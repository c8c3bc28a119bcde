import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readWebConfig } from '../src/server/config.ts'
import { createGpcStatement } from '../src/server/gpc.ts'

test('a site says that it honours Global Privacy Control only where its business obeys it', async () => {
  const site = await openSite()
  expect(await site.read('?key=wk_obeys')).toEqual({ gpc: true, lastUpdate: '2026-10-01' })
  expect(await site.read('?key=wk_ignores')).toEqual({ gpc: false, lastUpdate: '2026-10-01' })
})

test("a site of one business needs no query, and nobody's site claims nothing", async () => {
  const site = await openSite('wk_obeys')
  expect(await site.read('')).toEqual({ gpc: true, lastUpdate: '2026-10-01' })
  expect(await site.read('?key=wk_unknown')).toBe(404)
  expect(await (await openSite()).read('')).toBe(404)
})

test('inside a cluster privacy is asked where it is said to be, not round by the public address', async () => {
  const site = await openSite(undefined, (candor) => ({
    PUBLIC_URL: 'https://nowhere.invalid',
    PRIVACY_URL: candor,
  }))
  expect(await site.read('?key=wk_obeys')).toEqual({ gpc: true, lastUpdate: '2026-10-01' })
})

test('while nobody knows, nothing is claimed', async () => {
  expect(await (await openSite()).read('?key=wk_away')).toBe(503)
})

/** The statement on a page server whose Candor knows a business that obeys and one that ignores. */
async function openSite(
  widgetKey?: string,
  addresses: (candor: string) => NodeJS.ProcessEnv = (candor) => ({ PUBLIC_URL: candor }),
) {
  const candor = await listen((url) => {
    const { widgetKey: key } = JSON.parse(url.searchParams.get('input')!)
    if (key === 'wk_away') return [503, {}]
    if (key === 'wk_unknown') return [404, {}]
    const globalPrivacyControl = key === 'wk_obeys' ? 'obeyed' : 'ignored'
    const signals = { doNotTrack: 'ignored', globalPrivacyControl }
    const data = { signals, effectiveAt: '2026-10-01T00:00:00.000Z' }
    return [200, { result: { data } }]
  })
  const folder = await mkdtemp(join(tmpdir(), 'candor-gpc-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'key')
  if (widgetKey) await writeFile(file, `${widgetKey}\n`)
  const config = readWebConfig({
    HTTP_PORT: '0',
    OPERATIONS_PORT: '0',
    ...addresses(candor),
    ...(widgetKey && { WIDGET_KEY_FILE: file }),
  })
  const tell = createGpcStatement(config)
  const server = createServer(
    (request, response) => void tell(new URL(request.url!, 'http://site'), response),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return {
    async read(query: string) {
      const response = await fetch(`http://127.0.0.1:${port}/.well-known/gpc.json${query}`)
      if (response.status !== 200) return response.status
      expect(response.headers.get('content-type')).toBe('application/json')
      return response.json()
    },
  }
}

async function listen(answer: (url: URL) => [number, unknown]): Promise<string> {
  const server = createServer((request, response) => {
    const [status, body] = answer(new URL(request.url!, 'http://candor'))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
