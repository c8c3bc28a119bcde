import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { createOutgoingFetch } from '@candor/runtime/outgoing-fetch'
import { afterAll, beforeAll, expect, test } from 'vitest'

let asked = 0
let address = ''
const server = createServer((request, response) => {
  asked++
  if (request.url === '/away') response.writeHead(302, { location: 'http://localhost:9/' }).end()
  else response.end('hello')
})
const metrics = createMetrics('test')
const hosts: Record<string, string[]> = {}
const outgoing = createOutgoingFetch({
  hostsOf: (recipient, tenantId) => hosts[tenantId ? `${tenantId} ${recipient}` : recipient],
  metrics,
  log: createLogger({ service: 'test', level: 'silent' }),
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  hosts.payments = [address]
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

test('a registered recipient is reached at its own host', async () => {
  expect(await (await outgoing('payments', `http://${address}/x`)).text()).toBe('hello')
})

test('another host, another recipient and another scheme are refused before anything is sent, and counted', async () => {
  const before = asked
  await expect(outgoing('payments', `http://localhost:${address.split(':')[1]}/`)).rejects.toThrow(
    /not registered/,
  )
  await expect(outgoing('payments', 'http://127.0.0.1:1/')).rejects.toThrow(/not registered/)
  await expect(outgoing('advertiser', `http://${address}/`)).rejects.toThrow(/not registered/)
  await expect(outgoing('payments', `ftp://${address}/`)).rejects.toThrow(/not registered/)
  expect(asked).toBe(before)
  const text = await metrics.registry.metrics()
  expect(text).toMatch(/outgoing_calls_total{recipient="payments",outcome="refused",.*} 3/)
  expect(text).toMatch(/outgoing_calls_total{recipient="unregistered",outcome="refused",.*} 1/)
})

test('on behalf of a business it goes only to whom that business has registered', async () => {
  hosts['shop payments'] = [address]
  const url = `http://${address}/x`
  expect((await outgoing('payments', url, {}, 'shop')).ok).toBe(true)
  await expect(outgoing('payments', url, {}, 'rival')).rejects.toThrow(/not registered/)
})

test('a redirect leads nowhere', async () => {
  await expect(outgoing('payments', `http://${address}/away`)).rejects.toThrow()
})
