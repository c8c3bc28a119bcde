import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Breach } from '@candor/contracts/privacy/breaches'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** What is stored of a breach; the deadline and the drafts follow from it. */
export interface BreachRecord {
  id: string
  noticedAt: Date
  what: string
  categories: CategoryId[]
  people: number | null
  risk: Breach['risk']
  measures: string
  authorityNotifiedAt: Date | null
  peopleNotifiedAt: Date | null
  closedAt: Date | null
}

export async function insertBreach(
  trx: Transaction<Database>,
  tenantId: string,
  breach: BreachRecord,
): Promise<void> {
  await trx
    .insertInto('breaches')
    .values({ tenant_id: tenantId, ...toRow(breach) })
    .execute()
}

export async function updateBreach(trx: Transaction<Database>, breach: BreachRecord): Promise<void> {
  const { id, ...set } = toRow(breach)
  await trx.updateTable('breaches').set(set).where('id', '=', id).execute()
}

export async function lockBreach(trx: Transaction<Database>, id: string): Promise<BreachRecord | undefined> {
  const row = await trx.selectFrom('breaches').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toRecord(row)
}

/** Latest first. */
export async function listBreaches(trx: Transaction<Database>): Promise<BreachRecord[]> {
  const query = trx.selectFrom('breaches').selectAll().orderBy('noticed_at', 'desc').limit(500)
  return (await query.execute()).map(toRecord)
}

export async function setBreachDeadline(
  trx: Transaction<Database>,
  deadline: { breachId: string; tenantId: string; at: Date } | { breachId: string; at: null },
): Promise<void> {
  await trx.deleteFrom('breach_deadlines').where('breach_id', '=', deadline.breachId).execute()
  if (deadline.at === null) return
  const { breachId, tenantId, at } = deadline
  await trx.insertInto('breach_deadlines').values({ breach_id: breachId, tenant_id: tenantId, at }).execute()
}

/** When the first of the 72 hours that run, of whatever tenant, are over. */
export async function findFirstBreachDeadline(db: Kysely<Database>): Promise<Date | null> {
  const query = db.selectFrom('breach_deadlines').select(({ fn }) => fn.min<Date | null>('at').as('at'))
  return (await query.executeTakeFirstOrThrow()).at
}

function toRow(breach: BreachRecord) {
  return {
    id: breach.id,
    noticed_at: breach.noticedAt,
    what: breach.what,
    categories: JSON.stringify(breach.categories),
    people: breach.people,
    risk: breach.risk,
    measures: breach.measures,
    authority_notified_at: breach.authorityNotifiedAt,
    people_notified_at: breach.peopleNotifiedAt,
    closed_at: breach.closedAt,
  }
}

function toRecord(row: Selectable<Database['breaches']>): BreachRecord {
  return {
    id: row.id,
    noticedAt: row.noticed_at,
    what: row.what,
    categories: row.categories,
    people: row.people,
    risk: row.risk,
    measures: row.measures,
    authorityNotifiedAt: row.authority_notified_at,
    peopleNotifiedAt: row.people_notified_at,
    closedAt: row.closed_at,
  }
}
