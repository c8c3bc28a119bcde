import type { PolicyDraft, PolicyPreview } from '@candor/contracts/privacy/notice-schemas'
import { diffPolicy } from './diff-policy.ts'
import { clauseText } from '@candor/policy/clause-text'
import { clauses } from '@candor/policy/clauses'
import { packs } from '@candor/policy/packs'
import { withdrawnClauses } from '@candor/policy/still-holds'
import { unfilled } from '@candor/policy/unfilled'
import { obeyedAt } from '@candor/policy/schedule'
import { badInput } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { listVersions } from '../../store/notices.ts'
import type { Published } from '../../store/notices.ts'
import type { Deps } from '../deps.ts'
import { categoriesOf, longerPeriods } from './compare.ts'
import { sealConfirmation } from './confirmation.ts'
import { readDraft } from './edit-draft.ts'
import { countFirstNight } from './first-night.ts'
import type { Staff } from './staff.ts'

/** What publishing the draft would do, counted now. */
export async function previewPolicy(
  deps: Deps,
  { tenantId }: Staff,
  input: { effectiveAt?: string | undefined },
): Promise<PolicyPreview> {
  const now = deps.clock.now()
  const { draft, published } = await asTenant(deps.db, tenantId, async (trx) => ({
    draft: await readDraft(trx, tenantId),
    published: await listVersions(trx, tenantId),
  }))
  const last = published.at(-1)!
  const effectiveAt = effectiveFrom(input.effectiveAt, last, now)
  const next = { ...last, ...draft, version: last.version + 1, effectiveAt: effectiveAt.toISOString() }
  const firstNight = await countFirstNight(deps, {
    tenantId,
    policy: obeyedAt([...published, next], effectiveAt),
    asOf: effectiveAt,
  })
  const shorter = categoriesOf(longerPeriods(draft.policy, last.policy, effectiveAt))
  const bound = { tenantId, draft, since: last.version, effectiveAt: input.effectiveAt, firstNight }
  return {
    ...diffPolicy(last.policy, draft.policy),
    since: last.version,
    effectiveAt: effectiveAt.toISOString(),
    shorter,
    longer: categoriesOf(longerPeriods(last.policy, draft.policy, effectiveAt)),
    firstNight,
    withdrawn: takenBack(draft),
    unfilled: unfilled(packs[draft.pack], draft.policy),
    confirmation: shorter.length > 0 ? sealConfirmation(deps, bound) : null,
  }
}

/** What the pack promises and the draft's settings do not, as it would have been said. */
function takenBack({ pack, policy }: Draft): PolicyPreview['withdrawn'] {
  return withdrawnClauses(packs[pack], policy).map((id) => ({
    clause: id,
    text: clauseText(clauses[id], packs[pack].policy),
  }))
}

/** When a version takes effect: not in the past, and not before one that is published already. */
export function effectiveFrom(asked: string | undefined, last: Published, now: Date): Date {
  const earliest = new Date(Math.max(now.getTime(), Date.parse(last.effectiveAt)))
  if (asked === undefined) return earliest
  const effectiveAt = new Date(asked)
  if (effectiveAt < now) throw badInput('effectiveAt', 'a notice does not take effect in the past')
  if (effectiveAt < earliest)
    throw badInput('effectiveAt', `version ${last.version} takes effect later, at ${last.effectiveAt}`)
  return effectiveAt
}

export type Draft = Pick<PolicyDraft, 'pack' | 'policy'>
