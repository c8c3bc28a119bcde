import { randomUUID } from 'node:crypto'
import { postgresTrouble, violatedUnique } from '@candor/runtime/postgres'
import { asTenant } from '@candor/runtime/tenancy'
import { startLine } from '@candor/testing/line'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotesDatabase } from './notes-database.ts'

let database: Awaited<ReturnType<typeof createNotesDatabase>>
beforeAll(async () => {
  database = await createNotesDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.unreachable('it worked'),
    (err: unknown) => err,
  )
}

/** Ends the connection that `db` runs on and answers once its end has arrived there. */
async function breakConnection(db: Parameters<typeof backend>[0]): Promise<void> {
  const pid = await backend(db)
  const other = database.pool(1, database.superuserUrl)
  await sql`select pg_terminate_backend(${pid}, 5000)`.execute(other)
  await backend(other)
}

async function backend(db: ReturnType<typeof database.pool>): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  return rows[0]!.pid
}

test('a connection that breaks between two statements fails its transaction, not the process', async () => {
  const db = database.pool(1)
  const broken = asTenant(db, randomUUID(), async (trx) => {
    await breakConnection(trx)
    await sql`select 1`.execute(trx)
  })
  expect(postgresTrouble(await failure(broken))).toBe('gone')
  expect(await backend(db)).toBeGreaterThan(0)
})

test('an idle connection that breaks is replaced', async () => {
  const db = database.pool(1)
  await breakConnection(db)
  expect(await backend(db)).toBeGreaterThan(0)
})

test('a database that is away, full or too slow is told from a mistake of ours', async () => {
  await using line = await startLine(database.appUrl)
  const away = database.pool(1, line.url)
  line.unplug()
  expect(postgresTrouble(await failure(sql`select 1`.execute(away)))).toBe('gone')

  const refused = database.pool(1, 'postgres://x:y@127.0.0.1:1/none')
  expect(postgresTrouble(await failure(sql`select 1`.execute(refused)))).toBe('gone')

  const db = database.pool(2)
  const slow = db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 20`.execute(trx)
    await sql`select pg_sleep(5)`.execute(trx)
  })
  expect(postgresTrouble(await failure(slow))).toBe('late')

  const locked = db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(1)`.execute(trx)
    await db.transaction().execute(async (second) => {
      await sql`set local lock_timeout = 20`.execute(second)
      await sql`select pg_advisory_xact_lock(1)`.execute(second)
    })
  })
  expect(postgresTrouble(await failure(locked))).toBe('busy')
  expect(postgresTrouble(await failure(sql`select nonsense`.execute(db)))).toBeUndefined()
})

test('a violated unique constraint is named, and nothing else is', async () => {
  const db = database.pool(1)
  const tenant_id = randomUUID()
  const insert = (key: string) =>
    asTenant(db, tenant_id, (trx) =>
      trx.insertInto('notes').values({ id: randomUUID(), tenant_id, key, text: null }).execute(),
    )
  await insert('same')
  expect(violatedUnique(await failure(insert('same')))).toBe('notes_key_key')
  expect(violatedUnique(new Error('notes_key_key'))).toBeUndefined()
})

test('counts arrive as numbers', async () => {
  const { rows } = await sql`select count(*) as n, 9007199254740991::bigint as most`.execute(database.pool(1))
  expect(rows).toEqual([{ n: expect.any(Number), most: Number.MAX_SAFE_INTEGER }])
})
