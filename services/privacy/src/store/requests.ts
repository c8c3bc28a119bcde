import type {
  IdentityProof,
  PrivacyRequest,
  RequestSource,
  RequestState,
} from '@candor/contracts/privacy/request-shapes'
import type { RequestKind } from '@candor/contracts/policy/policy'
import { notFound } from '@candor/rpc/service-error'
import { sql } from 'kysely'
import type { Insertable, Selectable, Transaction, Updateable } from 'kysely'
import type { Database } from './tables.ts'

/** A request as the rules know it. */
export interface RequestRecord {
  id: string
  tenantId: string
  personId: string | null
  business: { name: string; slug: string }
  kind: RequestKind
  state: RequestState
  source: RequestSource
  isDirect: boolean
  openedAt: Date
  provenAt: Date | null
  proofHow: IdentityProof | null
  dueAt: Date | null
  endedAt: Date | null
  extension: { at: Date; reason: string } | null
  decision: { outcome: 'approved' | 'refused'; at: Date; reason: string } | null
  inForce: { since: Date; until: Date | null } | null
  /** Of which instruction of the business it is a part. */
  instructionId: string | null
}

/** Answers false where it is there already, as one that is passed on to a business may be. */
export async function insertRequest(trx: Transaction<Database>, request: RequestRecord): Promise<boolean> {
  const row: Insertable<Database['requests']> = {
    id: request.id,
    tenant_id: request.tenantId,
    person_id: request.personId,
    business_name: request.business.name,
    business_slug: request.business.slug,
    kind: request.kind,
    state: request.state,
    source: request.source,
    is_direct: request.isDirect,
    opened_at: request.openedAt,
    proven_at: request.provenAt,
    proof_how: request.proofHow,
    due_at: request.dueAt,
    ended_at: request.endedAt,
    instruction_id: request.instructionId,
  }
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('requests')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
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
  const row = await query.executeTakeFirst()
  if (!row) throw notFound('request')
  return toRecord(row)
}

/** The latest requests of a tenant; with `personId`, of one person. */
export async function listRequests(trx: Transaction<Database>, filter: Filter): Promise<RequestRecord[]> {
  const { personId, states, kinds, overdueAt, beforeId } = filter
  const rows = await trx
    .selectFrom('requests')
    .selectAll()
    .$if(personId !== undefined, (query) => query.where('person_id', '=', personId!))
    .$if(states !== undefined, (query) => query.where('state', 'in', states!))
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', kinds!))
    .$if(overdueAt !== undefined, (query) =>
      query.where('due_at', '<', overdueAt!).where('state', 'in', ['in-progress', 'awaiting-decision']),
    )
    // Ids begin with their time.
    .$if(beforeId !== undefined, (query) => query.where('id', '<', beforeId!))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
  return rows.map(toRecord)
}

export interface Filter {
  personId?: string | undefined
  states?: PrivacyRequest['state'][] | undefined
  kinds?: RequestKind[] | undefined
  overdueAt?: Date | undefined
  beforeId?: string | undefined
  limit: number
}

export async function setProven(
  trx: Transaction<Database>,
  requestId: string,
  proven: { personId: string; provenAt: Date; proofHow: IdentityProof; dueAt: Date; state: RequestState },
): Promise<void> {
  await update(trx, requestId, {
    state: proven.state,
    person_id: proven.personId,
    proven_at: proven.provenAt,
    proof_how: proven.proofHow,
    due_at: proven.dueAt,
  })
}

export async function setState(
  trx: Transaction<Database>,
  requestId: string,
  state: RequestState,
): Promise<void> {
  await update(trx, requestId, { state })
}

export async function setDecision(
  trx: Transaction<Database>,
  requestId: string,
  decision: NonNullable<RequestRecord['decision']>,
): Promise<void> {
  const { outcome, at, reason } = decision
  await update(trx, requestId, { decision: outcome, decided_at: at, decision_reason: reason })
}

export async function setExtension(
  trx: Transaction<Database>,
  requestId: string,
  extension: { at: Date; reason: string; dueAt: Date },
): Promise<void> {
  const { at, reason, dueAt } = extension
  await update(trx, requestId, { extended_at: at, extension_reason: reason, due_at: dueAt })
}

export async function setInForce(trx: Transaction<Database>, requestId: string, since: Date): Promise<void> {
  await update(trx, requestId, { in_force_since: since })
}

/** Ends what one request had in force, if anything. */
export async function endForce(trx: Transaction<Database>, requestId: string, until: Date): Promise<void> {
  await trx
    .updateTable('requests')
    .set({ in_force_until: until })
    .where('id', '=', requestId)
    .where('in_force_since', 'is not', null)
    .where('in_force_until', 'is', null)
    .execute()
}

/** The same for all requests of people: with them gone there is nothing left to stop. */
export async function endForceOfPersons(
  trx: Transaction<Database>,
  personIds: readonly string[],
  until: Date,
): Promise<void> {
  await trx
    .updateTable('requests')
    .set({ in_force_until: until })
    .where('person_id', '=', sql<string>`any(${personIds}::uuid[])`)
    .where('in_force_since', 'is not', null)
    .where('in_force_until', 'is', null)
    .execute()
}

/** Ends a request that is in a state it can end from; any other is left as it is, and the answer is false. */
export async function setEnded(
  trx: Transaction<Database>,
  requestId: string,
  state: 'completed' | 'refused' | 'lapsed',
  now: Date,
): Promise<boolean> {
  const from =
    state === 'lapsed' ? (['awaiting-proof'] as const) : (['in-progress', 'awaiting-decision'] as const)
  const { numUpdatedRows } = await trx
    .updateTable('requests')
    .set({ state, ended_at: now })
    .where('id', '=', requestId)
    .where('state', 'in', from)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

async function update(
  trx: Transaction<Database>,
  requestId: string,
  set: Updateable<Database['requests']>,
): Promise<void> {
  await trx.updateTable('requests').set(set).where('id', '=', requestId).execute()
}

function toRecord(row: Selectable<Database['requests']>): RequestRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    personId: row.person_id,
    business: { name: row.business_name, slug: row.business_slug },
    kind: row.kind,
    state: row.state,
    source: row.source,
    isDirect: row.is_direct,
    openedAt: row.opened_at,
    provenAt: row.proven_at,
    proofHow: row.proof_how,
    dueAt: row.due_at,
    endedAt: row.ended_at,
    extension: row.extended_at && { at: row.extended_at, reason: row.extension_reason ?? '' },
    decision: row.decision && {
      outcome: row.decision,
      at: row.decided_at!,
      reason: row.decision_reason ?? '',
    },
    inForce: row.in_force_since && { since: row.in_force_since, until: row.in_force_until },
    instructionId: row.instruction_id,
  }
}
