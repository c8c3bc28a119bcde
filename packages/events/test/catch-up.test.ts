import { randomUUID } from 'node:crypto'
import { messagePosted } from '@candor/contracts/chat/events'
import { redriveParked } from '@candor/events/redrive-parked'
import { createMetrics } from '@candor/runtime/metrics'
import { createRandom, isWhole, seed } from '@candor/testing/long-form'
import { settle } from '@candor/testing/settle'
import { jetstream } from '@nats-io/jetstream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { allEffects, appendMany, envelope, handling, range, recording, startEvents } from './start-events.ts'
import type { Events } from './start-events.ts'

let events: Events
beforeEach(async () => {
  events = await startEvents()
})
afterEach(() => events[Symbol.asyncDispose]())

const timeout = isWhole ? 900_000 : 30_000
const random = createRandom(seed)
const below = (end: number) => Math.floor(random() * end)

const told = isWhole ? 20_000 : 600

test(
  `${told} events, each told one to ten times, shuffled and in messages of any length, take effect once (CANDOR_SEED=${seed})`,
  { timeout },
  async () => {
    const streams = range(1, told / 10).map(() => randomUUID() as string)
    const all = range(0, told - 1).map((n) => envelope(streams[n % streams.length]!, n))
    const copies = all.flatMap((event) =>
      Array.from({ length: 1 + below(10) }, () => ({ event, lot: random() })),
    )
    const shuffled = copies.toSorted((a, b) => a.lot - b.lot).map(({ event }) => event)
    const js = jetstream(await events.connect('chat'))
    for (let at = 0; at < shuffled.length;) {
      const message = shuffled.slice(at, (at += 1 + below(100)))
      await js.publish(messagePosted.subject, JSON.stringify(message))
    }
    await events.consumer([recording()])
    await settle(async () => expect(await countInbox()).toBe(told), timeout)
    const seqs = [...(await allEffects(events.billing)).values()].flat()
    expect(seqs.toSorted((a, b) => a - b)).toEqual(range(0, told - 1))
  },
)

const appended = isWhole ? 100_000 : 1_000

test(
  `one in a hundred of ${appended} events fails for its own sake: it is parked with what comes after it in its stream, an alert tells, and driven again all have their effect in order (CANDOR_SEED=${seed})`,
  { timeout },
  async () => {
    const streams = range(1, appended / 10).map(() => randomUUID() as string)
    const poison = new Set(
      streams.filter(() => below(10) === 0).map((stream) => `${stream} ${1 + below(10)}`),
    )
    let isHealed = false
    const listener = recording({
      apply: (seq, stream) => {
        if (!isHealed && poison.has(`${stream} ${seq}`)) throw new RangeError('its own fault')
      },
    })
    await appendMany(
      events.chat,
      range(1, 10).flatMap((seq) => streams.map((stream) => ({ stream, seq }))),
    )
    const metrics = createMetrics('billing')
    await events.relay()
    await events.consumer([listener], { metrics })
    await settle(async () => expect((await countInbox()) + (await countParked())).toBe(appended), timeout)

    const firstPoison = new Map([...poison].map((each) => each.split(' ') as [string, string]))
    const before = await allEffects(events.billing)
    for (const stream of streams) {
      const wellUntil = Number(firstPoison.get(stream) ?? 11) - 1
      expect(before.get(stream) ?? []).toEqual(range(1, wellUntil))
    }
    const parked = await countParked()
    expect(parked).toBeGreaterThan(0)
    expect(await metrics.registry.metrics()).toContain(`events_parked{service="billing"} ${parked}`)

    isHealed = true
    expect(await redriveParked(handling(events.billing, [listener]))).toEqual({
      redriven: parked,
      stillParked: 0,
    })
    const after = await allEffects(events.billing)
    for (const stream of streams) expect(after.get(stream)).toEqual(range(1, 10))
  },
)

const countInbox = () => count('inbox')
const countParked = () => count('parked_events')

async function count(table: 'inbox' | 'parked_events'): Promise<number> {
  const query = events.billing.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('n'))
  return (await query.executeTakeFirstOrThrow()).n
}
