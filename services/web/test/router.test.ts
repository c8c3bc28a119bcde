import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readWebConfig } from '../src/server/config.ts'
import { createRouter } from '../src/server/router.ts'

test('each address gets its page, with a policy that allows nothing inline and no frame', async () => {
  await using web = await startWeb()
  for (const [path, text] of [
    ['/', 'console'],
    ['/inbox/1', 'console'],
    ['/invitation', 'console'],
    ['/api-reference', 'api-reference'],
    ['/privacy/rosies', 'privacy'],
    ['/privacy/rosies/requests/1', 'privacy'],
  ]) {
    const response = await fetch(web.url + path)
    expect([path, response.status, await response.text()]).toEqual([path, 200, text])
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('what is no page is not answered with one', async () => {
  await using web = await startWeb()
  for (const path of [
    '/trpc/chat/live',
    '/webhooks/x',
    '/assets/gone.js',
    '/robots.txt',
    '/../package.json',
  ]) {
    expect([path, (await fetch(web.url + path)).status]).toEqual([path, 404])
  }
  expect((await fetch(web.url, { method: 'POST' })).status).toBe(405)
})

test.for(['//[', '/\\\\[', '//[/shop', '//a:b/assets/x.js'])(
  'an address like %s is a path like any other',
  async (path) => {
    await using web = await startWeb()
    const { port } = new URL(web.url)
    const [response] = (await once(get({ host: '127.0.0.1', port, path }), 'response')) as [IncomingMessage]
    expect([200, 404]).toContain(response.resume().statusCode)
  },
)

test('the shop embeds the widget for the key it is given, and only for what can be a key', async () => {
  await using web = await startWeb()
  const shop = await fetch(`${web.url}/shop?key=wk_1`)
  expect(await shop.text()).toContain(
    '<script src="https://chat.example/widget.js" data-key="wk_1" data-consent async></script>',
  )
  expect(shop.headers.get('content-security-policy')).toContain('script-src https://chat.example;')
  const hostile = await fetch(`${web.url}/shop?key=${encodeURIComponent('"><script>')}`)
  expect(await hostile.text()).not.toContain('<script')
})

test('every problem of the environment is reported at once', () => {
  expect(() => readWebConfig({ PUBLIC_URL: 'nowhere' })).toThrow(/HTTP_PORT[^]*OPERATIONS_PORT[^]*PUBLIC_URL/)
})

async function startWeb() {
  const folder = await mkdtemp(join(tmpdir(), 'web-'))
  await Promise.all(
    ['console', 'privacy', 'api-reference'].map((name) => writeFile(join(folder, `${name}.html`), name)),
  )
  const config = readWebConfig({ HTTP_PORT: '0', OPERATIONS_PORT: '0', PUBLIC_URL: 'https://chat.example/' })
  const server = createServer(await createRouter(config, folder))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
}
