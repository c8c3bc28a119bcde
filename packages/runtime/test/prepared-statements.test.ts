import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createNotesDatabase } from './notes-database.ts'

test('a statement that is marked is parsed once a session, any other each time', async () => {
  await using database = await createNotesDatabase()
  const db = database.pool(1)
  for (const word of ['once', 'twice']) {
    const { rows } = await sql`/* prepared echo */ select ${word}::text as said`.execute(db)
    expect(rows).toEqual([{ said: word }])
    await sql`select ${word}::text`.execute(db)
  }
  const { rows } =
    await sql`select name, generic_plans + custom_plans as runs from pg_prepared_statements`.execute(db)
  expect(rows).toEqual([{ name: 'echo', runs: 2 }])
})
