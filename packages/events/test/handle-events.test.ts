import { randomUUID } from 'node:crypto'
import { messagePosted } from '@candor/contracts/chat/events'
import { handleEvents } from '@candor/events/handle-events'
import { on, onMany } from '@candor/events/listener'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { effects, envelope, handling, parkedSeqs, range, recording, startEvents } from './start-events.ts'
import type { Events } from './start-events.ts'

let events: Events
beforeAll(async () => {
  events = await startEvents()
})
afterAll(() => events[Symbol.asyncDispose]())

const never = new AbortController().signal

test('events of one message for which nobody is asked take effect in one transaction', async () => {
  const stream = randomUUID()
  const message = range(1, 50).map((seq) => envelope(stream, seq))
  const { prepare: _, ...listener } = recording()
  await handleEvents(handling(events.billing, [listener]), message, never)
  const { rows } = await sql<{ transactions: number }>`
    select count(distinct xmin::text) as transactions from effects where stream = ${stream}`.execute(
    events.billing,
  )
  expect(await effects(events.billing, stream)).toEqual(range(1, 50))
  expect(rows[0]!.transactions).toBe(1)
})

test('one that fails takes no other stream with it', async () => {
  const streams = range(1, 9).map(() => randomUUID())
  const message = range(1, 3).flatMap((seq) => streams.map((stream) => envelope(stream, seq)))
  const failing = recording({
    apply: (seq, stream) => {
      if (stream === streams[4] && seq === 2) throw new RangeError('its own fault')
    },
  })
  await handleEvents(handling(events.billing, [failing]), message, never)
  for (const stream of streams) {
    const isIll = stream === streams[4]
    expect(await effects(events.billing, stream)).toEqual(isIll ? [1] : [1, 2, 3])
    expect(await parkedSeqs(events.billing, stream)).toEqual(isIll ? [2, 3] : [])
  }
})

test.for(['one at a time', 'many at once'])(
  'a listener that takes %s sees the tenant of its events and no other',
  async (how) => {
    const tenants = range(1, 3).map(() => randomUUID())
    const message = range(1, 12).map((seq) => ({
      ...envelope(randomUUID(), seq),
      tenantId: tenants[seq % 3]!,
    }))
    const seen: [of: string, tenants: string][] = []
    const look = async (trx: Parameters<Parameters<typeof onMany>[1]['apply']>[0], of: string) => {
      const { rows } = await sql<{
        tenants: string
      }>`select current_setting('app.tenants') as tenants`.execute(trx)
      seen.push([of, rows[0]!.tenants])
    }
    const listener =
      how === 'many at once'
        ? onMany(messagePosted, {
            apply: async (trx, told) => {
              for (const { facts } of told) await look(trx, facts.tenantId)
            },
          })
        : on(messagePosted, { apply: (trx, _, { tenantId }) => look(trx, tenantId) })
    await handleEvents(handling(events.billing, [listener]), message, never)
    expect(seen).toHaveLength(12)
    for (const [of, tenants] of seen) expect(tenants).toBe(of)
  },
)

test('another service is asked for some streams at once and for the events of one in turn', async () => {
  const streams = range(1, 20).map(() => randomUUID())
  const asking = new Map<string, number>()
  let mostAtOnce = 0
  const listener = on(messagePosted, {
    prepare: async ({ conversationId, seq }) => {
      expect(asking.has(conversationId)).toBe(false)
      asking.set(conversationId, seq)
      mostAtOnce = Math.max(mostAtOnce, asking.size)
      await new Promise((resolve) => setImmediate(resolve))
      asking.delete(conversationId)
      return seq
    },
    apply: async (_trx, { seq }, _facts, prepared) => expect(prepared).toBe(seq),
  })
  const message = range(1, 2).flatMap((seq) => streams.map((stream) => envelope(stream, seq)))
  await handleEvents(handling(events.billing, [listener]), message, never)
  expect(mostAtOnce).toBeGreaterThan(1)
  expect(mostAtOnce).toBeLessThanOrEqual(8)
  for (const stream of streams) expect(await parkedSeqs(events.billing, stream)).toEqual([])
})
