import { randomUUID } from 'node:crypto'
import {
  contactChanged,
  conversationClosed,
  conversationStarted,
  messagePosted,
} from '@candor/contracts/chat/events'
import { eventStream } from '@candor/contracts/subjects'
import { createRandom, isWhole, seed } from '@candor/testing/long-form'
import { settle } from '@candor/testing/settle'
import { jetstreamManager } from '@nats-io/jetstream'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  append,
  appendAll,
  appendMany,
  range,
  readStream,
  seqOf,
  seqsOf,
  startEvents,
  unpublished,
} from './start-events.ts'
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
const messagesStored = async () => {
  const manager = await jetstreamManager(await events.connect('admin'))
  return (await manager.streams.info(eventStream)).state.messages
}

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

const rowsWanted = isWhole ? 100_000 : 1_500

test(
  `fifty writers that wait, roll back and finish in any order: of ${rowsWanted} events none is skipped and none comes early in its stream, while a reader by position misses some (CANDOR_SEED=${seed})`,
  { timeout: isWhole ? 1_800_000 : 30_000 },
  async () => {
    await relay()
    const stopNaivePoller = startNaivePoller(events.pool(events.urls.chat))
    const random = createRandom(seed)
    const below = (end: number) => Math.floor(random() * end)
    const streams: string[] = range(1, 300).map(() => randomUUID())
    const rows = streams.map((key) => ({ key, last_seq: 0 }))
    await events.chat.insertInto('streams').values(rows).execute()
    let left = rowsWanted
    const write = (key: string, waitMs: number, rollsBack: boolean) =>
      events.chat.transaction().execute(async (trx) => {
        const { last_seq } = await trx
          .updateTable('streams')
          .set(({ eb }) => ({ last_seq: eb('last_seq', '+', 1) }))
          .where('key', '=', key)
          .returning('last_seq')
          .executeTakeFirstOrThrow()
        await append(trx, key, last_seq)
        if (waitMs > 0) await sql`select pg_sleep(${waitMs / 1000})`.execute(trx)
        if (rollsBack) throw new Error('rolled back')
      })
    const writer = async () => {
      while (left-- > 0) {
        const rollsBack = below(5) === 0
        if (rollsBack) left++
        const waitMs = below(4) === 0 ? below(20) : 0
        await write(streams[below(streams.length)]!, waitMs, rollsBack).catch((err: Error) => {
          if (err.message !== 'rolled back') throw err
        })
      }
    }
    await Promise.all(Array.from({ length: 50 }, writer))
    await allPublished()
    const seenByNaivePoller = await stopNaivePoller()

    const committed = await outboxIds(events.chat)
    const published = (await stored()).filter(({ streamKey }) => streams.includes(streamKey))
    expect(committed).toHaveLength(rowsWanted)
    expect(published.map(({ id }) => id).toSorted()).toEqual(committed)
    for (const seqs of seqsOf(published.map((event) => [event.streamKey, seqOf(event)])).values())
      expect(seqs).toEqual(range(1, seqs.length))
    // Else the writers did not finish out of order and the test above shows nothing.
    expect(committed.filter((id) => !seenByNaivePoller.has(id))).not.toEqual([])
  },
)

test('events of several types share messages by type, and none overtakes another of its stream', async () => {
  await relay()
  const random = createRandom(seed)
  const types = [messagePosted, conversationStarted, conversationClosed, contactChanged]
  const streams: string[] = range(1, 40).map(() => randomUUID())
  const before = await messagesStored()
  const told = range(1, 50).flatMap((seq) =>
    streams.map((stream) => ({ stream, seq, event: types[Math.floor(random() * types.length)]! })),
  )
  await appendMany(events.chat, told)
  await allPublished()
  const published = (await stored()).filter(({ streamKey }) => streams.includes(streamKey))
  const seen = seqsOf(published.map((event) => [event.streamKey, seqOf(event)]))
  for (const stream of streams) expect(seen.get(stream)).toEqual(range(1, 50))
  expect((await messagesStored()) - before).toBeLessThan(told.length / 5)
})

/** Which relay was publishing what, and whether two ever did at once. */
function watchPublishing() {
  const published: { relay: string; id: string }[] = []
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
          for (const { id } of JSON.parse(String(rest[0])) as { id: string }[]) published.push({ relay, id })
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
  expect(new Set(published.map(({ id }) => id)).size).toBe(300)
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
  const told = range(1, 2_500).map((n) => ({ stream: `stream ${n % 20}`, seq: n }))
  await appendMany(events.chat, told)
  const { watch, published } = watchPublishing()
  const started = await relay({ nats: watch('the only', await events.connect('chat')) })
  await settle(() => expect(published).not.toEqual([]))
  await started.stop()
  const left = await unpublished(events.chat)
  expect(left).toBe(told.length - published.length)
  const marked = events.chat.selectFrom('outbox').select('id').where('published_at', 'is not', null)
  const ids = (await marked.execute()).map(({ id }) => id)
  expect(ids.toSorted()).toEqual((await stored()).map(({ id }) => id).toSorted())
})

test('a full stream takes no more and drops nothing: what is told waits in the outbox, and goes out in order once there is room', async () => {
  const { streams } = await jetstreamManager(await events.connect('admin'))
  const stream: string = randomUUID()
  const { watch, published: tried } = watchPublishing()
  await relay({ nats: watch('the only', await events.connect('chat')) })
  await appendAll(events.chat, stream, [1])
  await allPublished()
  const { state, config } = await streams.info(eventStream)
  await streams.update(eventStream, { max_bytes: state.bytes })
  await appendAll(events.chat, stream, range(2, 40))
  // More than once.
  await settle(() => expect(tried.filter(({ id }) => id === tried.at(-1)!.id).length).toBeGreaterThan(2))
  expect(await unpublished(events.chat)).toBe(39)
  expect((await streams.info(eventStream)).state.messages).toBe(state.messages)
  await streams.update(eventStream, { max_bytes: config.max_bytes })
  await allPublished()
  const kept = (await stored()).filter(({ streamKey }) => streamKey === stream)
  expect(kept.map(seqOf)).toEqual(range(1, 40))
})

test('an event that the broker will not take holds back only what comes after it in its stream', async () => {
  const [stuck, free] = [randomUUID(), randomUUID()]
  // More of them wait than the relay reads at once.
  await appendMany(
    events.chat,
    range(1, 2_100).map((seq) => ({ stream: stuck, seq })),
  )
  await events.chat
    .updateTable('outbox')
    .set({ payload: JSON.stringify({ text: 'x'.repeat(300_000) }) })
    .where('id', '=', (query) =>
      query.selectFrom('outbox').select('id').where('stream_key', '=', stuck).orderBy('position').limit(1),
    )
    .execute()
  await appendAll(events.chat, free, [1, 2])
  await relay()
  await settle(async () => expect(await unpublished(events.chat)).toBe(2_100))
  const published = (await stored()).map(({ streamKey }) => streamKey)
  expect(published.filter((key) => key === stuck || key === free)).toEqual([free, free])
})
