import type { NamedMigration } from '@candor/runtime/migrate'
import { createTestDatabase } from '@candor/testing/test-database'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'

/** Applies migrations one after the other to an empty database. Answers what each said to it, and which tables it found. */
export async function recordMigrations(
  service: string,
  migrations: readonly NamedMigration[],
): Promise<Recorded[]> {
  await using database = await createTestDatabase({ service, migrations: [] })
  // Not a copy of a template, which would not be the owner's: it may add extensions.
  await database.empty()
  const pool = new pg.Pool({
    connectionString: database.migratorUrl,
    max: 1,
    options: `-c role=${service}_owner`,
  })
  let statements: string[] = []
  await using db = new Kysely<any>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void statements.push(query.sql),
  })
  const recorded: Recorded[] = []
  for (const { name, up } of migrations) {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`.execute(db)
    statements = []
    await up(db)
    recorded.push({ name, existing: new Set(rows.map((row) => row.name)), statements })
  }
  return recorded
}

export interface Recorded {
  name: string
  /** Tables that were there before it. */
  existing: ReadonlySet<string>
  statements: string[]
}
