import type { SubjectRef } from '@candor/contracts/data-holder'
import type { LedgerEntry } from '@candor/contracts/erasure-ledger'
import type { Policy } from '@candor/contracts/policy/policy'
import type { EventTables } from '@candor/events/tables'
import { asTenant, limitStatements, seeHidden } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { eraseTenant } from './erase-tenant.ts'
import { findErased } from './find-erased.ts'
import { locateSubject } from './locate-subject.ts'
import { reportErasure } from './report-erasure.ts'

/**
 * Erases a person anew in a database that was restored from before their erasure. One that was erased here left its
 * report in the same transaction: where that is, nothing is done. Holds do not matter: what comes out of a copy was
 * lawfully gone. Answers whether there was anything to do.
 */
export async function eraseAgain(
  db: Kysely<any>,
  map: DataMap,
  entry: LedgerEntry,
  options: { now: Date; policy: Policy; addressKey: () => Promise<Buffer>; also?: EraseAlso | undefined },
): Promise<boolean> {
  if (await isErased(db, entry.id)) return false
  if (entry.what === 'business') return eraseBusinessAgain(db, map, entry, options)
  const addressKey = await options.addressKey()
  await asTenant(db, entry.tenantId, async (trx) => {
    await limitStatements(trx, statementMs)
    await seeHidden(trx)
    const found = await findErased(trx, map, entry, addressKey)
    const subject = await locateSubject(trx, map, found)
    await buryAgain(trx, entry)
    await reportErasure(trx, map, {
      subject,
      requestId: entry.id,
      now: options.now,
      holds: [],
      policy: options.policy,
    })
    await options.also?.(trx, entry, subject)
  })
  return true
}

/** What a service has to do beside its map. */
export type EraseAlso = (trx: Transaction<any>, entry: LedgerEntry, subject: SubjectRef) => Promise<void>

/** Every row of a tenant is read for this, and nobody is served meanwhile. */
const statementMs = 600_000

async function eraseBusinessAgain(
  db: Kysely<any>,
  map: DataMap,
  { tenantId, id: requestId }: LedgerEntry,
  { now, policy }: { now: Date; policy: Policy },
): Promise<boolean> {
  const erasure = { tenantId, requestId, now, policy, holds: [], forMs: Infinity }
  return (await eraseTenant(db, map, erasure)).isDone
}

async function isErased(db: Kysely<any>, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from erasure_reports where request_id = ${id} and report->'held' is null`.execute(db)
  return rows.length > 0
}

/** By the hashes alone: also ids that the copy does not know are refused when they come late. */
async function buryAgain(trx: Transaction<any>, { id, tenantId, visitors, erasedAt }: LedgerEntry) {
  if (visitors.length === 0) return
  const rows = visitors.map((hash) => ({
    tenant_id: tenantId,
    subject_hash: Buffer.from(hash, 'base64url'),
    request_id: id,
    buried_at: new Date(erasedAt),
  }))
  await (trx as Transaction<EventTables>)
    .insertInto('tombstones')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
