import { randomBytes } from 'node:crypto'
import type { NamedMigration } from '@candor/runtime/migrate'
import { openRootKey } from '@candor/service/root-key'
import { rootKeys } from '@candor/service/root-key-migration'
import { movableClock, second } from '@candor/testing/movable-clock'
import { createTestDatabase } from '@candor/testing/test-database'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'

const signingKeys: NamedMigration = {
  name: '20261121T1000-signing-keys',
  up: (db) => sql`create table signing_keys (id int)`.execute(db).then(() => {}),
}

/** A database in which replicas with one key or another start, each some time after the last. */
async function openDatabase() {
  const stack = new AsyncDisposableStack()
  const database = stack.use(
    await createTestDatabase({ service: 'keys', migrations: [signingKeys, rootKeys] }),
  )
  const pool = new pg.Pool({ connectionString: database.appUrl, max: 4 })
  const db = stack.use(new Kysely<any>({ dialect: new PostgresDialect({ pool }) }))
  const clock = movableClock()
  return {
    db,
    clock,
    start: (key: Buffer, previous?: Buffer) => {
      clock.advance(second)
      return openRootKey({ db, clock }, { SEALING_KEY: key, SEALING_KEY_PREVIOUS: previous })
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const [old, next, other] = [randomBytes(32), randomBytes(32), randomBytes(32)]

test('replicas that start at once have one root key, which is not the sealing key', async () => {
  await using database = await openDatabase()
  const roots = await Promise.all(Array.from({ length: 4 }, () => database.start(old)))
  expect(new Set(roots.map(String)).size).toBe(1)
  expect(roots[0]).not.toEqual(old)
})

test('the sealing key is exchanged: both open the root key for a while, and then the new one alone', async () => {
  await using database = await openDatabase()
  const root = await database.start(old)
  expect(await database.start(next, old)).toEqual(root)
  // One with the old key that crashes meanwhile comes back, and takes nothing from the others.
  expect(await database.start(old)).toEqual(root)
  expect(await database.start(next)).toEqual(root)
  await expect(database.start(old)).rejects.toThrow('neither SEALING_KEY nor SEALING_KEY_PREVIOUS')
})

test('the sealing key is exchanged by the order of starts, also where the clock was set back meanwhile', async () => {
  await using database = await openDatabase()
  const root = await database.start(old)
  database.clock.advance(-60 * second)
  expect(await database.start(next, old)).toEqual(root)
  expect(await database.start(old)).toEqual(root)
  expect(await database.start(next)).toEqual(root)
  await expect(database.start(old)).rejects.toThrow('neither SEALING_KEY nor SEALING_KEY_PREVIOUS')
})

test('a key that never sealed it is refused and changes nothing', async () => {
  await using database = await openDatabase()
  const root = await database.start(old)
  await expect(database.start(other)).rejects.toThrow('neither SEALING_KEY nor SEALING_KEY_PREVIOUS')
  expect(await database.start(old)).toEqual(root)
})

test('where the sealing key itself has sealed before, it is the root key, and can be exchanged from then on', async () => {
  await using database = await openDatabase()
  await sql`insert into signing_keys values (1)`.execute(database.db)
  expect(await database.start(next, old)).toEqual(old)
  expect(await database.start(next)).toEqual(old)
})
