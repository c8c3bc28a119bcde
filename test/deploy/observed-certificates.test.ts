import { createMetrics } from '@candor/runtime/metrics'
import { observeCertificates } from '@candor/service/observe-certificates'
import { expect, test } from 'vitest'
import { serveBroker, serveDatabase } from './certified-servers.ts'

const soon = new Date('2027-03-01T00:00:00Z')
const later = new Date('2028-01-01T00:00:00Z')

test('a service tells when the certificates end that its servers show, not those that lie in a secret', async () => {
  const { url, caFile } = await serveBroker(soon)
  const ends = await told({ NATS_URL: url, NATS_CA_FILE: caFile, DATABASE_URL: await serveDatabase(later) })
  expect(ends).toEqual({ NATS: soon.getTime() / 1_000, PostgreSQL: later.getTime() / 1_000 })
})

test('of a server that cannot be seen, or speaks plainly, nothing is told', async () => {
  const away = 'postgres://chat_app:x@localhost:1/candor_chat?sslmode=require'
  expect(await told({ NATS_URL: 'nats://localhost:1', DATABASE_URL: away })).toEqual({})
})

async function told(servers: { NATS_URL: string; NATS_CA_FILE?: string; DATABASE_URL: string }) {
  const metrics = createMetrics('chat')
  observeCertificates({ config: { PUBLIC_URL: 'https://localhost:1', ...servers }, metrics })
  const text = await metrics.registry.metrics()
  const samples = [...text.matchAll(/^certificate_end_timestamp_seconds\{.*name="(\w+)".*\} (\S+)$/gm)]
  return Object.fromEntries(samples.map(([, name, end]) => [name!, Number(end)]))
}
