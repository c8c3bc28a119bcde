import { sql } from 'kysely'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export interface Preference {
  email: string
  userId: string | null
  visitorId: string | null
  serviceNews: boolean | null
  offers: boolean
  confirmedAt: Date | null
  interestedAt: Date
}

export async function findPreference(
  trx: Transaction<Database>,
  tenantId: string,
  email: string,
): Promise<Preference | undefined> {
  const row = await trx
    .selectFrom('marketing_preferences')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
  return row && toPreference(row)
}

export async function listPreferences(trx: Transaction<Database>, tenantId: string): Promise<Preference[]> {
  const query = trx.selectFrom('marketing_preferences').selectAll().where('tenant_id', '=', tenantId)
  return (await query.orderBy('email').execute()).map(toPreference)
}

/** Keeps what a change does not name. Each change is a sign of interest: the clock begins anew. */
export async function savePreference(
  trx: Transaction<Database>,
  tenantId: string,
  change: Partial<Preference> & { email: string; interestedAt: Date },
): Promise<void> {
  const before = await findPreference(trx, tenantId, change.email)
  const next = { ...nothingChosen, ...before, ...change }
  const row = {
    tenant_id: tenantId,
    email: next.email.toLowerCase(),
    user_id: next.userId,
    visitor_id: next.visitorId,
    service_news: next.serviceNews,
    offers: next.offers,
    confirmed_at: next.confirmedAt,
    interested_at: next.interestedAt,
  }
  const { tenant_id: _, email: __, ...set } = row
  await trx
    .insertInto('marketing_preferences')
    .values(row)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'email']).doUpdateSet(set))
    .execute()
}

const nothingChosen = { userId: null, visitorId: null, serviceNews: null, offers: false, confirmedAt: null }

/** Answers the addresses at which this visitor or account wanted offers until now. */
export async function endOffers(
  trx: Transaction<Database>,
  holder: { tenantId: string; kind: 'visitor' | 'account'; id: string },
): Promise<string[]> {
  const rows = await trx
    .updateTable('marketing_preferences')
    .set({ offers: false, confirmed_at: null })
    .where('tenant_id', '=', holder.tenantId)
    .where(holder.kind === 'visitor' ? 'visitor_id' : 'user_id', '=', holder.id)
    .returning('email')
    .execute()
  return rows.map(({ email }) => email)
}

/** Letters of one kind that wait for an address are not sent. */
export async function dropQueued(
  trx: Transaction<Database>,
  tenantId: string,
  kind: 'service-news' | 'campaign',
  email: string,
): Promise<void> {
  await trx
    .deleteFrom('mail_queue')
    .where('tenant_id', '=', tenantId)
    .where('sent_at', 'is', null)
    .where('once_key', 'like', `${kind}:%`)
    .where(sql`lower(to_address)`, '=', email.toLowerCase())
    .execute()
}

export interface Mailing {
  id: string
  tenantId: string
  kind: 'service-news' | 'campaign'
  subject: string
  instruction: string | null
  instructedBy: string
  at: Date
  queued: number
}

export async function insertMailing(trx: Transaction<Database>, mailing: Mailing): Promise<void> {
  const { id, tenantId, kind, subject, instruction, instructedBy, at, queued } = mailing
  const row = { id, tenant_id: tenantId, kind, subject, instruction, instructed_by: instructedBy }
  await trx
    .insertInto('mailings')
    .values({ ...row, instructed_at: at, queued })
    .execute()
}

export async function listMailings(
  trx: Transaction<Database>,
  tenantId: string,
): Promise<Omit<Mailing, 'tenantId'>[]> {
  const query = trx.selectFrom('mailings').selectAll().where('tenant_id', '=', tenantId)
  const rows = await query.orderBy('id', 'desc').limit(200).execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    instruction: row.instruction,
    instructedBy: row.instructed_by,
    at: row.instructed_at,
    queued: row.queued,
  }))
}

function toPreference(row: Selectable<Database['marketing_preferences']>): Preference {
  return {
    email: row.email,
    userId: row.user_id,
    visitorId: row.visitor_id,
    serviceNews: row.service_news,
    offers: row.offers,
    confirmedAt: row.confirmed_at,
    interestedAt: row.interested_at,
  }
}
