import { randomUUID } from 'node:crypto'
import setupPostgres from '@candor/testing/postgres-setup'
import { settle } from '@candor/testing/settle'
import pg from 'pg'
import { startStack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { createPeople } from '../story/world.ts'
import { readSizes } from './read-sizes.ts'

const { others, rounds } = readSizes(
  `How long the erasure of a person takes, from the request that staff proved to the signed receipt, by how much they
wrote; the business has other people's messages besides. Prints; judges nothing.`,
  { others: 100_000, rounds: 3 },
)
const perConversation = 4_000
const sizes = [80, 800, 8_000, 80_000]

const stopPostgres = await setupPostgres()
try {
  await using stack = await startStack()
  const { owner, company } = createPeople()
  const signUp = clientsOf(stack.url).identity.signUp.mutate({ ...owner, company, country: 'DE' })
  const { business, accessToken } = await signUp
  const { privacy } = clientsOf(stack.url, accessToken)
  await fill(business.id, 'others@example.com', others)
  const medians = new Map<number, number>()
  for (const size of sizes) {
    const took: number[] = []
    for (let round = 0; round < rounds; round++) {
      const email = `person-${size}-${round}@example.com`
      await fill(business.id, email, size)
      const startedAt = performance.now()
      const { id: requestId } = await privacy.openRequestFor.mutate({
        kind: 'erasure',
        email,
        documentChecked: true,
      })
      await settle(async () => {
        const { state } = await privacy.getRequest.query({ requestId })
        if (state !== 'completed') throw new Error(state)
      }, 120_000)
      took.push(performance.now() - startedAt)
    }
    medians.set(size, took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)]!)
    console.log(`${String(size).padStart(7)} messages  ${medians.get(size)!.toFixed(0).padStart(6)} ms`)
  }
  console.log(`80,000 / 80: ${(medians.get(80_000)! / medians.get(80)!).toFixed(1)}`)

  /** A person with closed conversations, as chat and transcripts store them. */
  async function fill(tenantId: string, email: string, messages: number): Promise<void> {
    const [contactId, visitorId] = [randomUUID(), randomUUID()]
    const ids = Array.from({ length: Math.ceil(messages / perConversation) }, () => randomUUID())
    const each = Math.ceil(messages / ids.length)
    await write(stack.databases.chat.superuserUrl, [
      [
        `insert into contacts (id, tenant_id, visitor_id, name, email, created_at, updated_at)
         values ($1, $2, $3, 'Somebody', $4, now(), now())`,
        [contactId, tenantId, visitorId, email],
      ],
      [
        `insert into conversations (id, tenant_id, visitor_id, contact_id, retention_class, status, last_seq, started_at, updated_at, closed_at)
         select id, $2, $3, $4, 'chat', 'closed', $5, now(), now(), now() from unnest($1::uuid[]) id`,
        [ids, tenantId, visitorId, contactId, each],
      ],
      [
        `insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, author_id, text, client_message_id, created_at)
         select gen_random_uuid(), $2, id, 'chat', n, 'visitor', $3, repeat('some words ', 10), gen_random_uuid(), now()
         from unnest($1::uuid[]) id, generate_series(1, $4::int) n`,
        [ids, tenantId, visitorId, each],
      ],
      ['analyze', []],
    ])
    await write(stack.databases.transcripts.superuserUrl, [
      [
        `insert into transcripts (tenant_id, conversation_id, visitor_id, contact_id, contact_name, contact_email, started_at, closed_at, archived_at, copies)
         select $2, id, $3, $4, 'Somebody', $5, now(), now(), now(), 0 from unnest($1::uuid[]) id`,
        [ids, tenantId, visitorId, contactId, email],
      ],
      [
        `insert into transcript_entries (tenant_id, conversation_id, seq, author_kind, text, created_at)
         select $2, id, n, 'visitor', repeat('some words ', 10), now() from unnest($1::uuid[]) id, generate_series(1, $3::int) n`,
        [ids, tenantId, each],
      ],
      ['analyze', []],
    ])
  }
} finally {
  await stopPostgres?.()
}

async function write(url: string, statements: [text: string, values: unknown[]][]): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  for (const [text, given] of statements) await client.query(text, given)
  await client.end()
}
