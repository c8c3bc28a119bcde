import type { PrivacyRequest } from '@candor/contracts/privacy/schemas'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** A request as the rules know it. */
export interface RequestRecord {
  id: string
  tenantId: string
  personId: string | null
  business: { name: string; slug: string }
  kind: PrivacyRequest['kind']
  state: PrivacyRequest['state']
  openedAt: Date
  provenAt: Date | null
  dueAt: Date | null
  endedAt: Date | null
}

export async function insertRequest(trx: Transaction<Database>, request: RequestRecord): Promise<void> {
  const row = {
    id: request.id,
    tenant_id: request.tenantId,
    person_id: request.personId,
    business_name: request.business.name,
    business_slug: request.business.slug,
    kind: request.kind,
    state: request.state,
    opened_at: request.openedAt,
    proven_at: request.provenAt,
    due_at: request.dueAt,
    ended_at: request.endedAt,
  }
  await trx.insertInto('requests').values(row).execute()
}

export async function findRequest(
  trx: Transaction<Database>,
  requestId: string,
): Promise<RequestRecord | undefined> {
  const row = await trx.selectFrom('requests').selectAll().where('id', '=', requestId).executeTakeFirst()
  return row && toRecord(row)
}

export async function lockRequest(trx: Transaction<Database>, requestId: string): Promise<RequestRecord> {
  const query = trx.selectFrom('requests').selectAll().where('id', '=', requestId).forUpdate()
  return toRecord(await query.executeTakeFirstOrThrow())
}

/** The latest requests of a tenant; with `personId`, of one person. */
export async function listRequests(trx: Transaction<Database>, personId?: string): Promise<RequestRecord[]> {
  const rows = await trx
    .selectFrom('requests')
    .selectAll()
    .$if(personId !== undefined, (query) => query.where('person_id', '=', personId!))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(listMax)
    .execute()
  return rows.map(toRecord)
}

const listMax = 500

export async function setProven(
  trx: Transaction<Database>,
  requestId: string,
  proven: { personId: string; provenAt: Date; dueAt: Date },
): Promise<void> {
  const set = {
    state: 'in-progress',
    person_id: proven.personId,
    proven_at: proven.provenAt,
    due_at: proven.dueAt,
  } as const
  await trx.updateTable('requests').set(set).where('id', '=', requestId).execute()
}

/** Ends a request that is in the state it can end from; any other is left as it is, and the answer is false. */
export async function setEnded(
  trx: Transaction<Database>,
  requestId: string,
  state: 'completed' | 'lapsed',
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('requests')
    .set({ state, ended_at: now })
    .where('id', '=', requestId)
    .where('state', '=', state === 'completed' ? 'in-progress' : 'awaiting-proof')
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

function toRecord(row: Selectable<Database['requests']>): RequestRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    personId: row.person_id,
    business: { name: row.business_name, slug: row.business_slug },
    kind: row.kind,
    state: row.state,
    openedAt: row.opened_at,
    provenAt: row.proven_at,
    dueAt: row.due_at,
    endedAt: row.ended_at,
  }
}
