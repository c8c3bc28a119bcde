import { randomUUID } from 'node:crypto'
import setupPostgres from '@candor/testing/postgres-setup'
import pg from 'pg'
import { startTestChat } from '../../services/chat/test/start-chat.ts'
import { readSizes } from './read-sizes.ts'

const { messages, rate, seconds } = readSizes(
  `What visitors notice of the sweep: how long posts take while expired conversations are deleted in batches beside them,
and how long while nothing is. Prints; judges nothing.`,
  { messages: 300_000, rate: 100, seconds: 15 },
)
const perConversation = 20

const stopPostgres = await setupPostgres()
try {
  await using chat = await startTestChat({ conversationsPerHourMax: 1_000 })
  const admin = new pg.Client(chat.database.superuserUrl)
  await admin.connect()
  const tenantId = randomUUID()
  const visitors = await Promise.all(Array.from({ length: 50 }, () => talk()))
  await postFor(5)
  const idle = await postFor(seconds)
  tell('posts while nothing expires', idle)

  // Of the month in which others talk now, so that nothing can go as a file.
  await fill()
  const before = await count()
  chat.clock.advance(1_000)
  const busy = await postFor(seconds)
  const after = await count()
  tell('posts beside the sweep', busy)
  console.log(
    `messages swept meanwhile       ${(before - after).toLocaleString('en')}, ${Math.round((before - after) / seconds)} a second`,
  )
  console.log(`p99 beside / idle              ${(at(busy, 0.99) / at(idle, 0.99)).toFixed(2)}`)
  await admin.end()

  async function talk() {
    const visitor = await chat.visitor(tenantId)
    const { conversation } = await visitor.startConversation.mutate({ text: 'Hello' })
    return { visitor, conversationId: conversation.id }
  }

  /** As many a second as are wanted, whether or not the ones before have been answered. */
  async function postFor(howLong: number): Promise<number[]> {
    const took: number[] = []
    const posts: Promise<void>[] = []
    const startedAt = performance.now()
    for (let n = 0; n < howLong * rate; n++) {
      const due = startedAt + (n * 1_000) / rate
      const early = due - performance.now()
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
      const { visitor, conversationId } = visitors[n % visitors.length]!
      const post = visitor.postMessage
        .mutate({ conversationId, clientMessageId: randomUUID(), text: 'x'.repeat(200) })
        .then(() => void took.push(performance.now() - due))
      posts.push(post)
    }
    await Promise.all(posts)
    return took
  }

  async function fill(): Promise<void> {
    const now = chat.clock.now()
    const old = new Date(now.getTime() - 3 * 365 * 86_400_000)
    await admin.query(
      `insert into contacts (id, tenant_id, visitor_id, name, email, created_at, updated_at)
       select gen_random_uuid(), $1, gen_random_uuid(), 'Somebody', 'person' || n || '@example.com', $2, $2 from generate_series(1, $3::int) n`,
      [tenantId, old, messages / perConversation],
    )
    await admin.query(
      `insert into conversations (id, tenant_id, visitor_id, contact_id, retention_class, status, last_seq, started_at, updated_at, closed_at)
       select overlay(gen_random_uuid()::text placing left(uuid_of_time($3)::text, 13) from 1 for 13)::uuid, tenant_id, visitor_id, id, 'chat', 'closed', $2, $1, $1, $1
       from contacts where created_at = $1`,
      [old, perConversation, now],
    )
    await admin.query(
      `insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, text, client_message_id, created_at)
       select gen_random_uuid(), tenant_id, id, 'chat', n, 'visitor', repeat('some words ', 10), gen_random_uuid(), $1
       from conversations, generate_series(1, $2::int) n where started_at = $1`,
      [old, perConversation],
    )
    await admin.query('analyze')
  }

  async function count(): Promise<number> {
    return Number((await admin.query('select count(*) as n from messages')).rows[0].n)
  }
} finally {
  await stopPostgres?.()
}

function at(took: readonly number[], part: number): number {
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * part)]!
}

function tell(what: string, took: readonly number[]): void {
  console.log(
    `${what.padEnd(30)} p50 ${at(took, 0.5).toFixed(1)} ms, p99 ${at(took, 0.99).toFixed(1)} ms, ${took.length} posts`,
  )
}
