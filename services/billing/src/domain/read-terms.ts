import type { Transaction } from 'kysely'
import { findTerms, upsertTrial } from '../store/terms.ts'
import type { Term } from '../store/terms.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'
import { trialEnd } from './terms.ts'

/**
 * A tenant's terms. Its trial comes with the news that it signed up; whoever asks before that news gets a trial made
 * on the spot, which the news then dates correctly.
 */
export async function readTerms(
  trx: Transaction<Database>,
  deps: Deps,
  tenantId: string,
  at: Date,
): Promise<Term[]> {
  const terms = await findTerms(trx, tenantId)
  if (terms.length > 0) return terms
  await startTrial(trx, deps, tenantId, at)
  return findTerms(trx, tenantId)
}

export async function startTrial(
  trx: Transaction<Database>,
  deps: Deps,
  tenantId: string,
  at: Date,
): Promise<void> {
  await upsertTrial(trx, { id: deps.newId(), tenantId, startsAt: at, endsAt: trialEnd(at) })
}
