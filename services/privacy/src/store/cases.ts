import type { PrivacyCase } from '@candor/contracts/privacy/cases'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function insertCase(
  trx: Transaction<Database>,
  opened: {
    id: string
    tenantId: string
    reference: string
    topic: PrivacyCase['topic']
    name: string | null
    email: string | null
    message: string
    now: Date
  },
): Promise<PrivacyCase> {
  const { id, tenantId, reference, topic, name, email, message, now } = opened
  const row = { id, tenant_id: tenantId, reference, topic, name, email, message }
  const rest = { state: 'open' as const, answer: null, opened_at: now, answered_at: null, closed_at: null }
  return toCase(
    await trx
      .insertInto('cases')
      .values({ ...row, ...rest })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
}

export async function findCaseByReference(
  trx: Transaction<Database>,
  reference: string,
): Promise<PrivacyCase | undefined> {
  const query = trx.selectFrom('cases').selectAll().where('reference', '=', reference)
  const row = await query.executeTakeFirst()
  return row && toCase(row)
}

export async function lockCase(trx: Transaction<Database>, id: string): Promise<PrivacyCase | undefined> {
  const row = await trx.selectFrom('cases').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toCase(row)
}

/** Latest first. */
export async function listCases(
  trx: Transaction<Database>,
  state: PrivacyCase['state'] | undefined,
): Promise<PrivacyCase[]> {
  const rows = await trx
    .selectFrom('cases')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .orderBy('opened_at', 'desc')
    .limit(500)
    .execute()
  return rows.map(toCase)
}

export async function setAnswered(
  trx: Transaction<Database>,
  id: string,
  answer: string,
  now: Date,
): Promise<PrivacyCase> {
  const set = { state: 'answered', answer, answered_at: now } as const
  const query = trx.updateTable('cases').set(set).where('id', '=', id).returningAll()
  return toCase(await query.executeTakeFirstOrThrow())
}

export async function setClosed(trx: Transaction<Database>, id: string, now: Date): Promise<PrivacyCase> {
  const set = { state: 'closed', closed_at: now } as const
  const query = trx.updateTable('cases').set(set).where('id', '=', id).returningAll()
  return toCase(await query.executeTakeFirstOrThrow())
}

function toCase(row: Selectable<Database['cases']>): PrivacyCase {
  const { id, reference, topic, state, name, email, message, answer } = row
  return {
    id,
    reference,
    topic,
    state,
    name,
    email,
    message,
    answer,
    openedAt: row.opened_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
  }
}
