import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '@candor/runtime/clock'
import { expect, test } from 'vitest'
import { sandboxProvider } from '../src/providers/sandbox.ts'
import { outgoingTo } from './outgoing-to.ts'
import { startTestBilling } from './start-billing.ts'

const order = {
  tenantId: '01900000-0000-7000-8000-00000000000a',
  reference: '01900000-0000-7000-8000-000000000000',
  description: 'Candor Team, one month',
  amountMinor: 11781,
  currency: 'EUR',
  successUrl: 'http://localhost/ok',
  cancelUrl: 'http://localhost/no',
  webhookUrl: 'http://localhost/hook',
}

test('opening a checkout again under the same reference answers the same session', async () => {
  await using billing = await startTestBilling()
  expect(await billing.provider.openCheckout(order)).toEqual(await billing.provider.openCheckout(order))
})

test('a provider that hangs, fails or answers nonsense is retryable; one that refuses is our fault', async () => {
  const retryable = { reason: 'unavailable' }
  await using hanging = await startServer(() => {})
  await expect(hanging.provider.openCheckout(order)).rejects.toMatchObject(retryable)
  await using failing = await startServer((_, response) => response.writeHead(502).end())
  await expect(failing.provider.openCheckout(order)).rejects.toMatchObject(retryable)
  await using babbling = await startServer((_, response) => response.writeHead(201).end('<html>'))
  await expect(babbling.provider.openCheckout(order)).rejects.toMatchObject(retryable)
  await using refusing = await startServer((_, response) => response.writeHead(401).end('{}'))
  await expect(refusing.provider.openCheckout(order)).rejects.toThrow('refused checkout_sessions with 401')
})

test('an address that is no web page is never handed to a browser', async () => {
  const session = JSON.stringify({ id: 'cs_1', url: 'javascript:alert(1)' })
  await using malicious = await startServer((_, response) => response.writeHead(201).end(session))
  await expect(malicious.provider.openCheckout(order)).rejects.toThrow('url')
})

test('a provider that does not stand on the register is not called', async () => {
  let calls = 0
  await using server = await startServer(() => calls++, 'http://127.0.0.1:1')
  await expect(server.provider.openCheckout(order)).rejects.toThrow('not registered')
  expect(calls).toBe(0)
})

async function startServer(listener: RequestListener, registered?: string) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = { apiKey: 'key', webhookSecrets: [Buffer.alloc(32)] }
  return {
    provider: sandboxProvider({
      apiUrl,
      ...keys,
      clock: systemClock(),
      outgoing: outgoingTo(registered ?? apiUrl),
      timeoutMs: 200,
    }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
