import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@candor/contracts/callers'
import { services } from '@candor/contracts/callers'
import { eventStream } from '@candor/contracts/subjects'
import setupPostgres from '@candor/testing/postgres-setup'
import { settle } from '@candor/testing/settle'
import { jetstreamManager } from '@nats-io/jetstream'
import pg from 'pg'
import { startStack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { createPeople } from '../story/world.ts'
import { madeUpText } from './made-up-text.ts'
import { readSizes } from './read-sizes.ts'

const { conversations: count, words: wordCount } = readSizes(
  `What conversations take on disk: short and long ones are held through the API, closed and archived, and everything that
grew is weighed, tables with their indexes. From the two follow what a conversation and what a message takes. Prints;
judges nothing.`,
  { conversations: 300, words: 15 },
)
const [short, long] = [4, 24] as const
const { sentence } = madeUpText()
/** Kept for days, and not for as long as a notice says. */
const passing = ['outbox', 'inbox']

const stopPostgres = await setupPostgres()
try {
  await using stack = await startStack({ VISITOR_SESSIONS_PER_HOUR_MAX: '100000' })
  const { owner, company } = createPeople()
  const { business, accessToken } = await clientsOf(stack.url).identity.signUp.mutate({
    ...owner,
    company,
    country: 'DE',
  })
  const staff = clientsOf(stack.url, accessToken)
  const jetStream = await jetstreamManager(await stack.nats.connect('admin'))
  let held = 0
  await hold(short, 20)
  const before = await weigh()
  await hold(short, count)
  const between = await weigh()
  await hold(long, count)
  const after = await weigh()
  console.log(`bytes, at ${wordCount} words a message`.padEnd(40) + 'a conversation   a message'.padStart(30))
  for (const place of after.keys()) {
    const [first, second] = [grown(place, before, between), grown(place, between, after)]
    const perMessage = (second - first) / (long - short)
    const perConversation = first - perMessage * short
    console.log(
      `${place.padEnd(40)}${perConversation.toFixed(0).padStart(18)}${perMessage.toFixed(0).padStart(12)}`,
    )
  }

  function grown(place: string, from: Weights, to: Weights): number {
    return (to.get(place)! - from.get(place)!) / count
  }

  /** `many` conversations of a visitor each, of `length` messages by both sides in turn. */
  async function hold(length: number, many: number): Promise<void> {
    const workers = Array.from({ length: 8 }, async (_, worker) => {
      for (let n = worker; n < many; n += 8) await holdOne(length)
    })
    await Promise.all(workers)
    held += many
    await settle(async () => {
      const archived = await rows<{ n: number }>('transcripts', 'select count(*)::int as n from transcripts')
      if (archived[0]!.n < held) throw new Error(`${archived[0]!.n} archived`)
      for (const service of services) {
        const left = await rows(service, 'select from outbox where published_at is null limit 1')
        if (left.length > 0) throw new Error(`${service} has more to publish`)
      }
      for await (const { name, num_pending, num_ack_pending } of jetStream.consumers.list(eventStream))
        if (num_pending + num_ack_pending > 0) throw new Error(`${name} has more to apply`)
    }, 120_000)
  }

  async function holdOne(length: number): Promise<void> {
    const session = await clientsOf(stack.url).identity.startVisitorSession.mutate({
      widgetKey: business.widgetKey,
    })
    const visitor = clientsOf(stack.url, session.accessToken)
    const email = `${randomUUID()}@example.com`
    const started = await visitor.chat.startConversation.mutate({
      name: 'Ada Okoro',
      email,
      text: sentence(wordCount),
    })
    const conversationId = started.conversation.id
    await staff.chat.takeConversation.mutate({ conversationId })
    for (let n = 1; n < length; n++) {
      const writer = n % 2 === 0 ? visitor : staff
      await writer.chat.postMessage.mutate({
        conversationId,
        clientMessageId: randomUUID(),
        text: sentence(wordCount),
      })
    }
    await staff.chat.closeConversation.mutate({ conversationId })
  }

  async function weigh(): Promise<Weights> {
    const weights: Weights = new Map()
    for (const service of services) {
      await rows(service, 'vacuum analyze')
      const tables = await rows<{ place: string; bytes: string }>(
        service,
        `select case when relname = any ('{${passing}}') then relname else 'lasting' end as place,
           sum(pg_total_relation_size(oid)) as bytes
         from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace group by 1 order by 1`,
      )
      for (const { place, bytes } of tables) weights.set(`${service}, ${place}`, Number(bytes))
    }
    weights.set('events in NATS, a replica', (await jetStream.streams.info(eventStream)).state.bytes)
    return weights
  }

  async function rows<Row extends object>(service: ServiceName, statement: string): Promise<Row[]> {
    const client = new pg.Client(stack.databases[service].superuserUrl)
    await client.connect()
    try {
      return (await client.query<Row>(statement)).rows
    } finally {
      await client.end()
    }
  }
} finally {
  await stopPostgres?.()
}

type Weights = Map<string, number>
