import { join } from 'node:path'
import { migrations } from '@candor/chat/migrations'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startPostgres } from '@candor/local/servers/postgres-server'
import { postgresVariable } from '@candor/testing/postgres-setup'
import { createTestDatabase } from '@candor/testing/test-database'
import pg from 'pg'
import { readSizes } from './read-sizes.ts'

const { rows } = readSizes(
  `What it costs to expire one of thirty months of messages: taken away as a partition, against DELETE and VACUUM in a
table of the same rows and indexes that is not partitioned. Prints; judges nothing.`,
  { rows: 5_000_000 },
)
const months = 30
const perConversation = 10
const conversationsAMonth = Math.floor(rows / months / perConversation)
const tenantId = '01890a5d-ac96-774b-bcce-b302099a8057'

await using folder = guardedFolder('load')
const postgres = await startPostgres({ dataDir: join(folder.path, 'postgres'), fast: false })
folder.guard(postgres.pid)
process.env[postgresVariable] = postgres.url
try {
  await using database = await createTestDatabase({ service: 'chat', migrations })
  const admin = new pg.Client({ connectionString: database.superuserUrl })
  const app = new pg.Client({ connectionString: database.appUrl })
  await Promise.all([admin.connect(), app.connect()])
  try {
    await fill(admin)
    const conversations = await median((month) => deleteConversations(admin, month))
    const dropped = await median((month) => expireByPartition(app, month))
    const deleted = await median((month) => expireByRows(admin, month))
    const rows = conversationsAMonth * perConversation
    print('messages in the store', months * rows)
    print('messages of the month', rows)
    print('conversations, ms', Math.round(conversations))
    print('partition taken away, ms', Math.round(dropped))
    print('DELETE and VACUUM, ms', Math.round(deleted))
    print('times faster', Math.round((deleted / dropped) * 10) / 10)
  } finally {
    await Promise.all([admin.end(), app.end()])
  }
} finally {
  await postgres.stop()
}

async function fill(admin: pg.Client): Promise<void> {
  await admin.query('create table flat (like messages including all)')
  await admin.query(
    `insert into contacts select gen_random_uuid(), $1, gen_random_uuid(), 'Ada', null, null, now(), now()`,
    [tenantId],
  )
  for (let month = 0; month < months; month++) {
    const starts = monthOf(month)
    await admin.query(`select create_message_partition('chat', $1::timestamptz at time zone 'UTC')`, [starts])
    await admin.query(
      `insert into conversations (id, tenant_id, visitor_id, contact_id, retention_class, status, started_at, updated_at, closed_at)
       select overlay(gen_random_uuid()::text placing left(uuid_of_time(at)::text, 13) from 1 for 13)::uuid,
         $1, k.visitor_id, k.id, 'chat', 'closed', at, at, at
       from contacts k, generate_series(1, $2::int) n, lateral (
         select $3::timestamptz + n * (interval '28 days' / $2::int) as at) t`,
      [tenantId, conversationsAMonth, starts],
    )
    await admin.query(
      `insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, text, client_message_id, created_at)
       select gen_random_uuid(), c.tenant_id, c.id, 'chat', n, 'visitor', repeat('some words of a visitor ', 5), gen_random_uuid(), c.started_at
       from conversations c, generate_series(1, $1::int) n where c.id >= uuid_of_time($2) and c.id < uuid_of_time($3)`,
      [perConversation, starts, monthOf(month + 1)],
    )
  }
  await admin.query('insert into flat select * from messages')
  await admin.query('vacuum analyze')
  await admin.query('checkpoint')
}

/** Row by row either way. */
async function deleteConversations(admin: pg.Client, month: number): Promise<void> {
  await admin.query('delete from conversations where id >= uuid_of_time($1) and id < uuid_of_time($2)', [
    monthOf(month),
    monthOf(month + 1),
  ])
}

async function expireByPartition(app: pg.Client, month: number): Promise<void> {
  await app.query('begin')
  await app.query(`select set_config('app.tenants', $1, true)`, [tenantId])
  await app.query(`select empty_message_partition('chat', $1::timestamptz at time zone 'UTC')`, [
    monthOf(month),
  ])
  await app.query('commit')
  const { rows } = await app.query<{ done: boolean }>(
    `select drop_message_partition('chat', $1::timestamptz at time zone 'UTC') as done`,
    [monthOf(month)],
  )
  if (!rows[0]!.done) throw new Error('the partition is still there')
}

async function expireByRows(admin: pg.Client, month: number): Promise<void> {
  await admin.query(
    'delete from flat where conversation_id >= uuid_of_time($1) and conversation_id < uuid_of_time($2)',
    [monthOf(month), monthOf(month + 1)],
  )
  await admin.query('vacuum flat')
}

function monthOf(month: number): Date {
  return new Date(Date.UTC(2020, month, 1))
}

/** Of three months, one after the other, each in milliseconds. */
async function median(work: (month: number) => Promise<void>): Promise<number> {
  const took: number[] = []
  for (const month of [1, 2, 3]) {
    const startedAt = performance.now()
    await work(month)
    took.push(performance.now() - startedAt)
  }
  return took.toSorted((a, b) => a - b)[1]!
}

function print(what: string, value: number): void {
  process.stdout.write(`${what.padEnd(28)} ${value.toLocaleString('en')}\n`)
}
