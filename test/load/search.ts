import setupPostgres from '@candor/testing/postgres-setup'
import pg from 'pg'
import { startStack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { createPeople } from '../story/world.ts'
import { madeUpText } from './made-up-text.ts'
import { readSizes } from './read-sizes.ts'

const { entries } = readSizes(
  `How long a search takes for staff of a business with many transcripts, asked through the API: words frequent and rare,
and words with a slip. The texts are made-up words, drawn as often as Zipf's law says. Prints; judges nothing.`,
  { entries: 200_000 },
)
const perConversation = 20
const conversations = Math.floor(entries / perConversation)
const { words, random, sentence } = madeUpText()
for (const [rank, word] of [
  [40, 'delivery'],
  [300, 'refund'],
  [2_000, 'bicycle'],
] as const)
  words[rank] = word

const stopPostgres = await setupPostgres()
try {
  await using stack = await startStack()
  const { owner, company } = createPeople()
  const signUp = clientsOf(stack.url).identity.signUp.mutate({ ...owner, company, country: 'DE' })
  const { business, accessToken } = await signUp
  await fill(stack.databases.transcripts.superuserUrl, business.id)
  const { transcripts } = clientsOf(stack.url, accessToken)
  for (const query of [
    '',
    'delivery',
    'refund',
    'bicycle',
    'delivery refund',
    'delivry',
    'refnud',
    'bycicle',
    'zuzammenarbeit',
  ]) {
    const took: number[] = []
    for (let n = 0; n < 15; n++) {
      const startedAt = performance.now()
      await transcripts.searchTranscripts.query({ query })
      took.push(performance.now() - startedAt)
    }
    const [median, slowest] = [7, 14].map((at) => took.toSorted((a, b) => a - b)[at]!.toFixed(0))
    console.log(
      `${(query || '(latest)').padEnd(16)} median ${median!.padStart(4)} ms, slowest ${slowest!.padStart(4)} ms`,
    )
  }
} finally {
  await stopPostgres?.()
}

async function fill(url: string, tenantId: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  const startedAt = performance.now()
  await client.query(
    `insert into transcripts (tenant_id, conversation_id, visitor_id, contact_id, contact_name, contact_email, started_at, closed_at, archived_at, copies)
     select $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Person ' || n, 'person' || n || '@example.com', at, at, at, 0
     from generate_series(1, $2::int) n, lateral (select now() - n * interval '1 minute' as at) t`,
    [tenantId, conversations],
  )
  const { rows } = await client.query<{ id: string }>('select conversation_id as id from transcripts')
  for (let start = 0; start < rows.length; start += 500) {
    const ids = rows.slice(start, start + 500).map(({ id }) => id)
    const texts = Array.from({ length: ids.length * perConversation }, () =>
      sentence(4 + Math.floor(random() * 16)),
    )
    await client.query(
      `insert into transcript_entries (tenant_id, conversation_id, seq, author_kind, text, created_at)
       select $1, ($2::uuid[])[1 + (n - 1) / $4::int], 1 + (n - 1) % $4::int, case when n % 2 = 0 then 'staff' else 'visitor' end, text, now()
       from unnest($3::text[]) with ordinality as t (text, n)`,
      [tenantId, ids, texts, perConversation],
    )
  }
  await client.query('vacuum analyze')
  console.log(
    `${rows.length * perConversation} entries written in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
  )
  await client.end()
}
