import type { ConsentRecord } from '@candor/contracts/privacy/consent-schemas'
import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Whose consent it is: a visitor of the business's site, or somebody with an account. */
export interface Holder {
  kind: 'visitor' | 'account'
  tenantId: string
  id: string
}

/** A record with all that holds from it on. */
export interface ConsentEntry extends ConsentRecord {
  id: string
  holds: ConsentPurpose[]
}

export async function insertConsent(
  trx: Transaction<Database>,
  holder: Holder,
  entry: Omit<ConsentEntry, 'at'> & { now: Date },
): Promise<void> {
  const row = {
    id: entry.id,
    tenant_id: holder.tenantId,
    visitor_id: holder.kind === 'visitor' ? holder.id : null,
    user_id: holder.kind === 'account' ? holder.id : null,
    recorded_at: entry.now,
    action: entry.action,
    source: entry.source,
    text: entry.text,
    text_version: entry.textVersion,
    given: entry.given,
    refused: entry.refused,
    holds: entry.holds,
    do_not_track: entry.signals.doNotTrack,
    global_privacy_control: entry.signals.globalPrivacyControl,
  }
  await trx.insertInto('consent_log').values(row).execute()
}

/** Newest first. */
export async function listConsents(trx: Transaction<Database>, holder: Holder): Promise<ConsentEntry[]> {
  const rows = await trx
    .selectFrom('consent_log')
    .selectAll()
    .where('tenant_id', '=', holder.tenantId)
    .where(holder.kind === 'visitor' ? 'visitor_id' : 'user_id', '=', holder.id)
    .orderBy('id', 'desc')
    .limit(listMax)
    .execute()
  return rows.map(toEntry)
}

const listMax = 500

/** Until this transaction ends nobody else decides about this holder's consent. */
export async function lockConsents(trx: Transaction<Database>, holder: Holder): Promise<ConsentEntry[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`consent ${holder.id}`}, 0))`.execute(trx)
  return listConsents(trx, holder)
}

function toEntry(row: Selectable<Database['consent_log']>): ConsentEntry {
  return {
    id: row.id,
    at: row.recorded_at.toISOString(),
    action: row.action,
    source: row.source,
    text: row.text,
    textVersion: row.text_version,
    given: row.given,
    refused: row.refused,
    holds: row.holds,
    signals: { doNotTrack: row.do_not_track, globalPrivacyControl: row.global_privacy_control },
  }
}
