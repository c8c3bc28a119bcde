import type { EventFacts } from '@candor/events/listener'
import type { Transaction } from 'kysely'
import type { Database } from '../store/tables.ts'
import { addUsage } from '../store/usage.ts'
import type { Deps } from './deps.ts'
import { readTerms } from './read-terms.ts'
import { termAt } from './terms.ts'

/** Counts events of one tenant, each towards the term that ran when it happened, however late the news comes. */
export async function countUsage(
  trx: Transaction<Database>,
  deps: Deps,
  events: readonly EventFacts[],
  what: 'conversations' | 'messages',
): Promise<void> {
  const [first] = events
  if (!first) return
  const { tenantId } = first
  const terms = await readTerms(trx, deps, tenantId, first.occurredAt)
  for (const [termId, counted] of Map.groupBy(events, ({ occurredAt }) => termAt(terms, occurredAt).id))
    await addUsage(trx, { tenantId, termId, conversations: 0, messages: 0, [what]: counted.length })
}
