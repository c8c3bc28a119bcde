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

/**
 * Makes due every erasure of the tenants of whom a hold is over and whose services know it. Those that waited for
 * something else look once more and wait on. One that is being driven may have met the hold before it was over: while
 * there is such, the tenant is looked at again.
 */
export async function wakeErasures(db: Kysely<Database>, now: Date): Promise<void> {
  const { rows } = await sql<{ tenantId: string }>`
    select distinct tenant_id as "tenantId" from hold_ends join rules_feed using (tenant_id)
    where ends_at <= ${now} and published_revision = revision`.execute(db)
  for (const { tenantId } of rows) {
    const { rows: driven } = await sql<{ isDriven: boolean }>`
      update saga_queue set due_at = least(due_at, ${now}) where tenant_id = ${tenantId}
      returning coalesce(leased_until > ${now}, false) as "isDriven"`.execute(db)
    if (driven.some(({ isDriven }) => isDriven)) continue
    await sql`delete from hold_ends where tenant_id = ${tenantId} and ends_at <= ${now}`.execute(db)
  }
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
