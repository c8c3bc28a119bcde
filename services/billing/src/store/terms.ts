import type { PlanId } from '@candor/contracts/billing/schemas'
import type { Selectable, Transaction } from 'kysely'
import { sql } from 'kysely'
import type { Database } from './tables.ts'

/** A time for which a business has a plan: the trial, or a month that was paid for. */
export interface Term {
  readonly id: string
  readonly planId: PlanId
  readonly startsAt: Date
  /** The first moment that is no longer part of it. */
  readonly endsAt: Date
  readonly cancelledAt: Date | null
  /** Set once its payment was given back: from then on it never counted. */
  readonly voidedAt: Date | null
}

/** All terms of a tenant. */
export async function findTerms(trx: Transaction<Database>, tenantId: string): Promise<Term[]> {
  const rows = await trx
    .selectFrom('terms')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('starts_at')
    .execute()
  return rows.map(toTerm)
}

/** The same, held until the transaction ends: purchases, refunds and cancellations of a tenant go one by one. */
export async function lockTerms(trx: Transaction<Database>, tenantId: string): Promise<Term[]> {
  // The trial is the row that every tenant has; what is added while waiting for it is read afterwards.
  await sql`select from terms where tenant_id = ${tenantId} and plan_id = 'trial' for update`.execute(trx)
  return findTerms(trx, tenantId)
}

/** A tenant has one trial. Of several starts that are told of, the earliest counts, and an end already set stays. */
export async function upsertTrial(
  trx: Transaction<Database>,
  trial: { id: string; tenantId: string; startsAt: Date; endsAt: Date },
): Promise<void> {
  await sql`
    insert into terms (id, tenant_id, plan_id, starts_at, ends_at)
    values (${trial.id}, ${trial.tenantId}, 'trial', ${trial.startsAt}, ${trial.endsAt})
    on conflict (tenant_id) where plan_id = 'trial' do update
    set starts_at = excluded.starts_at, ends_at = least(terms.ends_at, excluded.ends_at)
    where excluded.starts_at < terms.starts_at`.execute(trx)
}

export async function insertTerm(
  trx: Transaction<Database>,
  term: Pick<Term, 'id' | 'planId' | 'startsAt' | 'endsAt'> & { tenantId: string; checkoutId: string },
): Promise<void> {
  const { id, tenantId, planId, checkoutId, startsAt, endsAt } = term
  const row = {
    id,
    tenant_id: tenantId,
    plan_id: planId,
    checkout_id: checkoutId,
    starts_at: startsAt,
    ends_at: endsAt,
  }
  await trx
    .insertInto('terms')
    .values({ ...row, cancelled_at: null, voided_at: null })
    .execute()
}

/** The trial is over with the first purchase, and a refund does not bring it back. */
export async function endTrial(trx: Transaction<Database>, tenantId: string, at: Date): Promise<void> {
  await trx
    .updateTable('terms')
    .set({ ends_at: at })
    .where('tenant_id', '=', tenantId)
    .where('plan_id', '=', 'trial')
    .where('ends_at', '>', at)
    .execute()
}

/** Marks what is not over yet as not to be followed by more; null takes the mark back. */
export async function setCancelled(
  trx: Transaction<Database>,
  tenantId: string,
  change: { cancelledAt: Date | null; now: Date },
): Promise<void> {
  await trx
    .updateTable('terms')
    .set({ cancelled_at: change.cancelledAt })
    .where('tenant_id', '=', tenantId)
    .where('ends_at', '>', change.now)
    .where('cancelled_at', change.cancelledAt ? 'is' : 'is not', null)
    .execute()
}

export async function setTermPeriod(
  trx: Transaction<Database>,
  { id, startsAt, endsAt }: Pick<Term, 'id' | 'startsAt' | 'endsAt'>,
): Promise<void> {
  await trx.updateTable('terms').set({ starts_at: startsAt, ends_at: endsAt }).where('id', '=', id).execute()
}

export async function voidTerm(
  trx: Transaction<Database>,
  tenantId: string,
  checkoutId: string,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('terms')
    .set({ voided_at: at })
    .where('tenant_id', '=', tenantId)
    .where('checkout_id', '=', checkoutId)
    .execute()
}

function toTerm(row: Selectable<Database['terms']>): Term {
  return {
    id: row.id,
    planId: row.plan_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    cancelledAt: row.cancelled_at,
    voidedAt: row.voided_at,
  }
}
