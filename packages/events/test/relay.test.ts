import { randomInt, randomUUID } from 'node:crypto'
import { settle } from '@candor/testing/settle'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { append, appendAll, range, readStream, startEvents, unpublished } from './start-events.ts'
import type { Events, Tables } from './start-events.ts'
import type { Kysely } from 'kysely'

let events: Events
const relays: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  events = await startEvents()
})
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
})
afterAll(() => events[Symbol.asyncDispose]())

const relay: Events['relay'] = async (...options) => {
  const started = await events.relay(...options)
  relays.push(started)
  return started
}
const allPublished = () => settle(async () => expect(await unpublished(events.chat)).toBe(0))
const stored = async () => readStream(await events.connect('admin'))

/** Reads a log as it must not be read: what commits late under a lower position is passed over. */
function startNaivePoller(db: Kysely<Tables>) {
  const seen = new Set<string>()
  let cursor = 0
  let running = true
  const finished = (async () => {
    while (running) {
      const query = db.selectFrom('outbox').select(['id', 'position']).where('position', '>', cursor)
      for (const row of await query.orderBy('position').execute()) {
        seen.add(row.id)
        cursor = row.position
      }
    }
  })()
  return async () => {
    running = false
    await finished
    return seen
  }
}

async function outboxIds(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('outbox').select('id').execute()
  return rows.map(({ id }) => id).toSorted()
}

test('everything that commits is published and nothing that is rolled back, under fifty writers that finish in any order', async () => {
  await relay()
  const stopNaivePoller = startNaivePoller(events.pool(events.urls.chat))
  const write = () =>
    events.chat.transaction().execute(async (trx) => {
      await append(trx, randomUUID(), 1)
      await sql`select pg_sleep(${randomInt(30) / 1000})`.execute(trx)
      if (randomInt(5) === 0) throw new Error('rolled back')
    })
  const writer = async () => {
    for (let n = 0; n < 6; n++) await write().catch(() => {})
  }
  await Promise.all(Array.from({ length: 50 }, writer))
  await allPublished()
  const seenByNaivePoller = await stopNaivePoller()

  const committed = await outboxIds(events.chat)
  const published = (await stored()).map(({ id }) => id)
  expect(committed.length).toBeGreaterThan(150)
  expect(published.toSorted()).toEqual(committed)
  // Else the writers did not finish out of order and the test above shows nothing.
  expect(committed.filter((id) => !seenByNaivePoller.has(id))).not.toEqual([])
})

test('events of one stream are published in the order of their commits, under thirty writers to eight streams', async () => {
  await relay()
  const keys: string[] = range(1, 8).map(() => randomUUID())
  await events.chat
    .insertInto('streams')
    .values(keys.map((key) => ({ key, last_seq: 0 })))
    .execute()
  const write = () =>
    events.chat.transaction().execute(async (trx) => {
      const key = keys[randomInt(keys.length)]!
      const { last_seq } = await trx
        .updateTable('streams')
        .set(({ eb }) => ({ last_seq: eb('last_seq', '+', 1) }))
        .where('key', '=', key)
        .returning('last_seq')
        .executeTakeFirstOrThrow()
      await append(trx, key, last_seq)
    })
  const writer = async () => {
    for (let n = 0; n < 8; n++) await write()
  }
  await Promise.all(Array.from({ length: 30 }, writer))
  await allPublished()
  const published = (await stored()).filter(({ streamKey }) => keys.includes(streamKey))
  expect(published).toHaveLength(240)
  for (const of of Map.groupBy(published, ({ streamKey }) => streamKey).values()) {
    const seqs = of.map(({ payload }) => (payload as { seq: number }).seq)
    expect(seqs).toEqual(range(1, seqs.length))
  }
})

/** Which relay was publishing what, and whether two ever did at once. */
function watchPublishing() {
  const published: { relay: string; subject: string }[] = []
  let publishing = new Set<string>()
  let overlaps = 0
  const watch = (relay: string, nats: Awaited<ReturnType<Events['connect']>>) =>
    new Proxy(nats, {
      get(target, name) {
        const value = Reflect.get(target, name, target) as unknown
        if (typeof value !== 'function') return value
        if (name !== 'request') return value.bind(target)
        return async (subject: string, ...rest: unknown[]) => {
          if (!subject.startsWith('events.')) return value.call(target, subject, ...rest)
          publishing.add(relay)
          if (publishing.size > 1) overlaps++
          published.push({ relay, subject })
          try {
            return await value.call(target, subject, ...rest)
          } finally {
            publishing.delete(relay)
          }
        }
      },
    })
  return { watch, published, overlaps: () => overlaps }
}

test('of two relays only one publishes at a time, each event once, and the other takes over when it stops', async () => {
  const { watch, published, overlaps } = watchPublishing()
  const first = await relay({ nats: watch('first', await events.connect('chat')) })
  const second = await relay({ nats: watch('second', await events.connect('chat')) })
  await Promise.all(range(1, 20).map(() => appendAll(events.chat, randomUUID(), range(1, 15))))
  await allPublished()
  expect(published).toHaveLength(300)
  expect(overlaps()).toBe(0)

  await first.stop()
  const before = published.length
  await appendAll(events.chat, randomUUID(), [1, 2, 3])
  await allPublished()
  expect(published.slice(before).map(({ relay }) => relay)).toEqual(['second', 'second', 'second'])
  await second.stop()
})

test('a relay that hangs and loses its database hands over to the other', async () => {
  const line = await events.line(events.nats.url)
  await relay({ nats: await events.connect('chat', line.url) })
  await appendAll(events.chat, randomUUID(), [1])
  await allPublished()
  line.unplug()
  const stream: string = randomUUID()
  await appendAll(events.chat, stream, [1])
  const superuser = events.pool(events.urls.superuser)
  await settle(async () => {
    const { rows } = await sql`
      select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`.execute(
      superuser,
    )
    expect(rows).toHaveLength(1)
  })
  await relay()
  await allPublished()
  expect((await stored()).filter(({ streamKey }) => streamKey === stream)).toHaveLength(1)
})

test('a relay that is stopped in the middle has marked exactly what it published', async () => {
  await Promise.all(range(1, 20).map(() => appendAll(events.chat, randomUUID(), range(1, 30))))
  const started = await relay()
  await settle(async () => expect(await unpublished(events.chat)).toBeLessThan(600))
  await started.stop()
  expect(await unpublished(events.chat)).toBeGreaterThan(0)
  const marked = events.chat.selectFrom('outbox').select('id').where('published_at', 'is not', null)
  const ids = (await marked.execute()).map(({ id }) => id)
  expect(ids.toSorted()).toEqual((await stored()).map(({ id }) => id).toSorted())
})

test('an event that the broker will not take holds back only what comes after it in its stream', async () => {
  const [stuck, free] = [randomUUID(), randomUUID()]
  await appendAll(events.chat, stuck, [1, 2])
  await events.chat
    .updateTable('outbox')
    .set({ payload: JSON.stringify({ text: 'x'.repeat(100_000) }) })
    .where('id', '=', (query) =>
      query.selectFrom('outbox').select('id').where('stream_key', '=', stuck).orderBy('position').limit(1),
    )
    .execute()
  await appendAll(events.chat, free, [1, 2])
  await relay()
  await settle(async () => expect(await unpublished(events.chat)).toBe(2))
  const published = (await stored()).map(({ streamKey }) => streamKey)
  expect(published.filter((key) => key === stuck || key === free)).toEqual([free, free])
})
