import { randomUUID } from 'node:crypto'
import { keepAnswerDeadline } from '@candor/runtime/answer-deadline'
import { postgresTrouble } from '@candor/runtime/postgres'
import { asTenant, limitStatements } from '@candor/runtime/tenancy'
import { startLine } from '@candor/testing/line'
import type { Line } from '@candor/testing/line'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotesDatabase } from './notes-database.ts'

let database: Awaited<ReturnType<typeof createNotesDatabase>>
let line: Line
let db: Kysely<unknown>
beforeAll(async () => {
  database = await createNotesDatabase()
  line = await startLine(database.appUrl)
  const pool = new pg.Pool({ connectionString: line.url, max: 1 })
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    keepAnswerDeadline(client, { statementMs: 100, graceMs: 50 })
  })
  db = new Kysely({ dialect: new PostgresDialect({ pool }) })
})
afterAll(async () => {
  await db.destroy()
  await line[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it worked'),
    (err: unknown) => err,
  )
const ask = () => sql`select 1`.execute(db)

test('a server that never answers fails the statement, and the next one finds another connection', async () => {
  await ask()
  line.freeze()
  expect(postgresTrouble(await failure(ask()))).toBe('gone')
  await ask()
})

test('a transaction on it fails as well, and gives its connection up', async () => {
  const frozen = asTenant(db, randomUUID(), async (trx) => {
    line.freeze()
    await sql`select 1`.execute(trx)
  })
  expect(postgresTrouble(await failure(frozen))).toBe('gone')
  await ask()
})

test('a transaction that gave its statements longer has longer, and only that one', async () => {
  await asTenant(db, randomUUID(), async (trx) => {
    await limitStatements(trx, 5_000)
    await sql`select pg_sleep(0.3)`.execute(trx)
  })
  expect(postgresTrouble(await failure(sql`select pg_sleep(0.3)`.execute(db)))).toBe('gone')
})
