import { randomUUID } from 'node:crypto'
import { messagePosted } from '@candor/contracts/chat/events'
import { handleEvent } from '@candor/events/handle-event'
import { on } from '@candor/events/listener'
import { listParked } from '@candor/events/parked'
import { redriveParked } from '@candor/events/redrive-parked'
import { bury } from '@candor/events/tombstones'
import { createLogger } from '@candor/runtime/logger'
import { settle } from '@candor/testing/settle'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  clock,
  effects,
  envelope,
  handling,
  newId,
  parkedSeqs,
  range,
  recording,
  startEvents,
  tenant,
} from './start-events.ts'
import type { Events } from './start-events.ts'

let events: Events
let stream: string
beforeAll(async () => {
  events = await startEvents()
})
beforeEach(async () => {
  stream = randomUUID()
  await events.billing.deleteFrom('parked_events').execute()
})
afterAll(() => events[Symbol.asyncDispose]())

const failing = () => {
  throw new RangeError('its own fault')
}

test('an event told again, in any order and at the same time, takes effect once', async () => {
  const tellings = fc
    .array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 6 })
    .chain((copies) => {
      const all = copies.flatMap((times, seq) => Array<number>(times).fill(seq))
      return fc.shuffledSubarray(all, { minLength: 2 })
    })
  await fc.assert(
    fc.asyncProperty(tellings, fc.boolean(), async (order, atOnce) => {
      const own = randomUUID()
      const told = range(0, 5).map((seq) => envelope(own, seq))
      const options = handling(events.billing, [recording()])
      const tell = async (seq: number) => {
        while ((await handleEvent(options, told[seq]!, 1)) === 'again');
      }
      if (atOnce) await Promise.all(order.map(tell))
      else for (const seq of order) await tell(seq)
      const seqs = await effects(events.billing, own)
      expect(seqs.toSorted()).toEqual([...new Set(order)].toSorted())
    }),
    { numRuns: 40 },
  )
})

test('one parked event can be driven again alone, and two who do so at once apply it once', async () => {
  const [first, second] = [envelope(randomUUID(), 1), envelope(stream, 2)]
  const broken = handling(events.billing, [recording({ apply: failing })])
  for (const event of [first, second]) await handleEvent(broken, event, 4)
  expect(await listParked(events.billing, 10)).toHaveLength(2)
  const options = handling(events.billing, [recording()])
  await Promise.all([redriveParked(options, second.id), redriveParked(options, second.id)])
  expect(await effects(events.billing, stream)).toEqual([2])
  expect(await listParked(events.billing, 10)).toMatchObject([{ eventId: first.id }])
})

test('what was handled before its stream was held is not parked when it is told again', async () => {
  const [first, second] = [envelope(stream, 1), envelope(stream, 2)]
  const options = handling(events.billing, [recording({ apply: (seq) => seq === 2 && failing() })])
  await handleEvent(options, first, 1)
  await handleEvent(options, second, 4)
  const before = await listParked(events.billing, 10)
  for (const event of [first, second]) expect(await handleEvent(options, event, 1)).toBe('done')
  expect(await listParked(events.billing, 10)).toEqual(before)
  expect(await parkedSeqs(events.billing, stream)).toEqual([2])
})

test('parked events are driven again in the order of their stream, whatever their ids', async () => {
  const told = [3, 1, 2].map((seq) => envelope(stream, seq)).toSorted((a, b) => (a.id < b.id ? 1 : -1))
  const broken = handling(events.billing, [recording({ apply: failing })])
  for (const event of told) await handleEvent(broken, event, 4)
  const order = await parkedSeqs(events.billing, stream)
  expect(await redriveParked(handling(events.billing, [recording()]))).toEqual({
    redriven: 3,
    stillParked: 0,
  })
  expect(await effects(events.billing, stream)).toEqual(order)
  expect(order).toEqual(told.map(({ payload }) => (payload as { seq: number }).seq))
})

test('an event about a person who was erased is refused and not told again, one about another is not', async () => {
  const [erased, other] = [newId(), newId()]
  await events.billing
    .transaction()
    .execute((trx) =>
      bury(trx, { tenantId: tenant, subjectIds: [erased], requestId: newId(), now: clock.now() }),
    )
  const options = handling(events.billing, [recording()])
  const told = [envelope(stream, 1, erased), envelope(stream, 2, other), envelope(stream, 3)]
  for (const event of told) expect(await handleEvent(options, event, 1)).toBe('done')
  expect(await effects(events.billing, stream)).toEqual([2, 3])
  const refused = await events.billing
    .selectFrom('inbox')
    .selectAll()
    .where('outcome', '=', 'refused')
    .execute()
  expect(refused.map(({ event_id }) => event_id)).toEqual([told[0]!.id])
})

test('a burial waits for an event that is being applied, and what comes after it is refused', async () => {
  const subject = newId()
  const [started, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = on(messagePosted, {
    apply: async (trx) => {
      started.resolve()
      await gate.promise
      await trx.insertInto('effects').values({ event_id: newId(), stream, seq: 1 }).execute()
    },
  })
  const handled = handleEvent(handling(events.billing, [slow]), envelope(stream, 1, subject), 1)
  await started.promise
  let isBuried = false
  const burial = events.billing
    .transaction()
    .execute((trx) =>
      bury(trx, { tenantId: tenant, subjectIds: [subject], requestId: newId(), now: clock.now() }),
    )
    .then(() => (isBuried = true))
  await settle(async () => {
    const { rows } = await sql`
      select from pg_locks where not granted and locktype = 'advisory'
        and database = (select oid from pg_database where datname = current_database())`.execute(
      events.billing,
    )
    expect(rows).toHaveLength(1)
  })
  expect(isBuried).toBe(false)
  gate.resolve()
  await Promise.all([handled, burial])
  await handleEvent(handling(events.billing, [recording()]), envelope(stream, 2, subject), 1)
  expect(await effects(events.billing, stream)).toEqual([1])
})

test.for([
  ['another service that is not answering', { data: { retryable: true } }],
  ['a refusal that may pass', { reason: 'unavailable' }],
  ['a database that is away', { code: '57P01' }],
] as const)('%s is waited out, however long, and nothing is parked', async ([, trouble]) => {
  let left = 2
  const troubled = recording({
    prepare: async () => {
      if (left-- > 0) throw Object.assign(new Error('away'), trouble)
    },
  })
  const options = handling(events.billing, [troubled])
  const event = envelope(stream, 1)
  const outcomes = []
  for (const attempt of [80, 81, 82]) outcomes.push(await handleEvent(options, event, attempt))
  expect(outcomes).toEqual(['again', 'again', 'done'])
  expect(await effects(events.billing, stream)).toEqual([1])
  expect(await listParked(events.billing, 10)).toEqual([])
})

test('an event that waits for long says what for, and does not fill the log with it', async () => {
  const lines: string[] = []
  const log = createLogger({ service: 'billing', level: 'warn' }, { write: (line) => void lines.push(line) })
  const waiting = recording({
    prepare: async () => {
      throw Object.assign(new Error('away'), { reason: 'unavailable' })
    },
  })
  const options = { ...handling(events.billing, [waiting]), log }
  const event = envelope(stream, 1)
  for (const attempt of range(1, 130)) await handleEvent(options, event, attempt)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject(
    [4, 60, 120].map((attempts) => ({
      msg: 'an event waits',
      eventId: event.id,
      attempts,
      err: { reason: 'unavailable' },
    })),
  )
})

test('a refusal that will not pass is parked after its attempts', async () => {
  const refused = recording({
    prepare: async () => {
      throw Object.assign(new Error('no'), { data: { retryable: false }, reason: 'not-found' })
    },
  })
  const options = handling(events.billing, [refused])
  const event = envelope(stream, 1)
  const outcomes = []
  for (const attempt of [1, 2, 3, 4]) outcomes.push(await handleEvent(options, event, attempt))
  expect(outcomes).toEqual(['again', 'again', 'again', 'done'])
  expect(await parkedSeqs(events.billing, stream)).toEqual([1])
})

test('an event that cannot even be parked, the database being away, is kept', async () => {
  const line = await events.line(events.urls.billing)
  const db = events.pool(line.url)
  const event = envelope(stream, 1)
  const losing = recording({
    prepare: async () => {
      line.unplug()
      failing()
    },
  })
  expect(await handleEvent(handling(db, [losing]), event, 4)).toBe('again')
  line.plugIn()
  await settle(async () => expect(await handleEvent(handling(db, [recording()]), event, 5)).toBe('done'))
  expect(await effects(events.billing, stream)).toEqual([1])
})

test('an event with a payload that its contract does not know is parked, not dropped', async () => {
  const options = handling(events.billing, [recording()])
  const event = { ...envelope(stream, 1), payload: { seq: 'one' } }
  expect(await handleEvent(options, event, 4)).toBe('done')
  expect(await listParked(events.billing, 10)).toMatchObject([{ eventId: event.id }])
})

test('what is parked is told without what it says', async () => {
  const broken = recording({
    apply: () => {
      throw new Error('cannot write ada@example.org')
    },
  })
  await handleEvent(handling(events.billing, [broken]), envelope(stream, 1), 4)
  expect(JSON.stringify(await listParked(events.billing, 10))).not.toContain('ada@')
})
