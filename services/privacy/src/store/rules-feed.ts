import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/**
 * Gives the tenant's rules a higher revision, as part of the transaction that changes them, and holds off every other
 * change until it ends. A revision is a time: a database that was restored from an old copy still goes on upwards.
 */
export async function raiseRevision(trx: Transaction<Database>, tenantId: string, now: Date): Promise<void> {
  await sql`
    insert into rules_feed (tenant_id, revision) values (${tenantId}, ${now.getTime()})
    on conflict (tenant_id) do update set revision = greatest(rules_feed.revision + 1, excluded.revision)`.execute(
    trx,
  )
}

/** Tenants whose newest rules are not known to be in the bucket that was made at `created`. */
export async function listUnpublished(db: Kysely<Database>, created: string | undefined): Promise<string[]> {
  const { rows } = await sql<{ tenantId: string }>`
    select tenant_id as "tenantId" from rules_feed
    where published_revision is distinct from revision
      or ${created ?? null}::text is not null and published_into is distinct from ${created ?? null}
    limit 100`.execute(db)
  return rows.map(({ tenantId }) => tenantId)
}

export async function readRevision(trx: Transaction<Database>, tenantId: string): Promise<number> {
  const query = trx.selectFrom('rules_feed').select('revision').where('tenant_id', '=', tenantId)
  return (await query.executeTakeFirstOrThrow()).revision
}

export async function markPublished(
  db: Kysely<Database>,
  published: { tenantId: string; revision: number; into: string },
): Promise<void> {
  const { tenantId, revision, into } = published
  await db
    .updateTable('rules_feed')
    .set({ published_revision: revision, published_into: into })
    .where('tenant_id', '=', tenantId)
    .where(({ eb, or }) =>
      or([eb('published_revision', 'is', null), eb('published_revision', '<=', revision)]),
    )
    .execute()
}

/** Everything is to be put again: the bucket has been set back. */
export async function markAllUnpublished(db: Kysely<Database>): Promise<void> {
  await db.updateTable('rules_feed').set({ published_revision: null }).execute()
}

export async function countUnpublished(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from rules_feed where published_revision is distinct from revision`.execute(db)
  return rows[0]!.count
}
