import type { Hold } from '@candor/contracts/privacy/notice-schemas'
import { sql } from 'kysely'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

type HoldRow = Selectable<Database['legal_holds']>

export async function insertHold(trx: Transaction<Database>, hold: HoldRow): Promise<void> {
  await trx.insertInto('legal_holds').values(hold).execute()
  if (hold.until) await setEnd(trx, { holdId: hold.id, tenantId: hold.tenant_id, endsAt: hold.until })
}

export async function lockHold(trx: Transaction<Database>, holdId: string): Promise<HoldRow | undefined> {
  return trx.selectFrom('legal_holds').selectAll().where('id', '=', holdId).forUpdate().executeTakeFirst()
}

export async function setReleased(trx: Transaction<Database>, hold: HoldRow, now: Date): Promise<void> {
  await trx.updateTable('legal_holds').set({ released_at: now }).where('id', '=', hold.id).execute()
  await setEnd(trx, { holdId: hold.id, tenantId: hold.tenant_id, endsAt: now })
}

/** Newest first. */
export async function listHolds(trx: Transaction<Database>, tenantId: string): Promise<HoldRow[]> {
  return trx
    .selectFrom('legal_holds')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** A hold as it is at `now`: one whose end has passed counts as released then. */
export function describeHold(hold: HoldRow, now: Date): Hold {
  const { id, category, law, owner, until } = hold
  const endedAt = hold.released_at ?? (until && until <= now ? until : null)
  return {
    id,
    category,
    law,
    owner,
    until: until?.toISOString() ?? null,
    placedAt: hold.placed_at.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }
}

/** Tenants of whom a hold is over and whose services have been told. */
export async function listEndedHolds(db: Kysely<Database>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ tenantId: string }>`
    select distinct tenant_id as "tenantId" from hold_ends join rules_feed using (tenant_id)
    where ends_at <= ${now} and published_revision = revision`.execute(db)
  return rows.map(({ tenantId }) => tenantId)
}

export async function deleteHoldEnds(db: Kysely<Database>, tenantId: string, now: Date): Promise<void> {
  await db.deleteFrom('hold_ends').where('tenant_id', '=', tenantId).where('ends_at', '<=', now).execute()
}

async function setEnd(
  trx: Transaction<Database>,
  end: { holdId: string; tenantId: string; endsAt: Date },
): Promise<void> {
  await trx
    .insertInto('hold_ends')
    .values({ hold_id: end.holdId, tenant_id: end.tenantId, ends_at: end.endsAt })
    .onConflict((conflict) => conflict.column('hold_id').doUpdateSet({ ends_at: end.endsAt }))
    .execute()
}
