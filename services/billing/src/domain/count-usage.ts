import type { EventFacts } from '@candor/events/listener'
import type { Transaction } from 'kysely'
import type { Database } from '../store/tables.ts'
import { addUsage } from '../store/usage.ts'
import type { Deps } from './deps.ts'
import { readTerms } from './read-terms.ts'
import { termAt } from './terms.ts'

/** Counts towards the term that ran when it happened, however late the news comes. */
export async function countUsage(
  trx: Transaction<Database>,
  deps: Deps,
  { tenantId, occurredAt }: EventFacts,
  used: { conversations?: number; messages?: number },
): Promise<void> {
  const term = termAt(await readTerms(trx, deps, tenantId, occurredAt), occurredAt)
  await addUsage(trx, { tenantId, termId: term.id, conversations: 0, messages: 0, ...used })
}
