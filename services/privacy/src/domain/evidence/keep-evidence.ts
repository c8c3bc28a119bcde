import type { EventFacts } from '@candor/events/listener'
import type { Clause } from '@candor/policy/pack'
import { packs } from '@candor/policy/packs'
import { endOf } from '@candor/policy/period'
import type { Transaction } from 'kysely'
import { insertEvidence } from '../../store/evidence-log.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import type { RulesInForce } from '@candor/policy/in-force'

/** Asked only where the notice says that evidence is kept. A chat without an address leaves none: it names nobody. */
export async function findEvidence(deps: Deps, conversationId: string, tenantId: string) {
  const period = evidencePeriod(await deps.policies.of(tenantId))
  if (!period) return null
  const use = await deps.chat.getEvidenceOfUse.query({ tenantId, conversationId })
  if (!use?.email) return null
  const usedAt = new Date(use.startedAt)
  return { name: use.name, email: use.email, usedAt, expiresAt: endOf(usedAt, period) }
}

export async function keepEvidence(
  trx: Transaction<Database>,
  deps: Deps,
  { tenantId }: EventFacts,
  found: Awaited<ReturnType<typeof findEvidence>>,
): Promise<void> {
  // Events can come late; what is over already is not kept.
  if (!found || found.expiresAt <= deps.clock.now()) return
  await insertEvidence(trx, { id: deps.newId(), tenantId, ...found })
}

/** Only a notice with a clause about evidence has any kept: whoever is not told of it leaves none. */
function evidencePeriod({ version, policy }: RulesInForce) {
  const clauses: readonly Clause[] = packs[version.pack].clauses
  const isPromised = clauses.some(({ settings }) =>
    settings.some((path) => path === 'categories.evidence-log.retention'),
  )
  return isPromised ? policy.categories['evidence-log'].retention.period : null
}
