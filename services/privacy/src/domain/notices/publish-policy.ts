import type { privacy } from '@candor/contracts/privacy'
import type { InputOf } from '@candor/contracts/contract'
import type { ExpiredCount, NoticeVersion } from '@candor/contracts/privacy/notice-schemas'
import { rulesBytesMax } from '@candor/events/policy-bucket'
import { checkPolicy } from '@candor/policy/check-policy'
import { diffPolicy } from './diff-policy.ts'
import { badInput, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { insertAnnouncementDue } from '../../store/announcements-due.ts'
import { deleteDraft, insertVersion, listVersions } from '../../store/notices.ts'
import type { Published } from '../../store/notices.ts'
import { raiseRevision } from '../../store/rules-feed.ts'
import { digestOf, recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'
import { longerPeriods } from './compare.ts'
import { openConfirmation } from './confirmation.ts'
import { readDraft, refuseProblems } from './edit-draft.ts'
import { effectiveFrom } from './preview-policy.ts'
import type { Draft } from './preview-policy.ts'
import { readRules } from './read-rules.ts'
import { describeVersion } from './read-notices.ts'
import type { Staff } from './staff.ts'

type Input = InputOf<(typeof privacy)['procedures']['publishPolicy']>

/** Makes the draft the next version. The rules reach the services by the feed, which this wakes. */
export async function publishPolicy(deps: Deps, caller: Staff, input: Input): Promise<NoticeVersion> {
  const { tenantId } = caller
  const now = deps.clock.now()
  const version = await asTenant(deps.db, tenantId, async (trx) => {
    await raiseRevision(trx, tenantId, now)
    const [draft, published] = [await readDraft(trx, tenantId), await listVersions(trx, tenantId)]
    const last = published.at(-1)!
    const { changes, isSignificant } = diffPolicy(last.policy, draft.policy)
    if (changes.length === 0) throw new ServiceError('conflict', 'nothing differs from what is published')
    refuseProblems(checkPolicy(draft.policy))

    const effectiveAt = effectiveFrom(input.effectiveAt, last, now)
    refuseLonger(last, draft, effectiveAt, input.onlyNew)
    const confirmed = readConfirmation(deps, tenantId, last, draft, effectiveAt, input)
    const next: Published = {
      version: last.version + 1,
      pack: draft.pack,
      revisedAt: now.toISOString(),
      effectiveAt: effectiveAt.toISOString(),
      policy: draft.policy,
      isSignificant,
      // As those who have accounts were told it would be.
      announcedBy: last.policy.announcements,
    }
    await insertVersion(trx, tenantId, next, confirmed)
    await deleteDraft(trx, tenantId)
    if (isSignificant && next.announcedBy.includes('mail'))
      await insertAnnouncementDue(trx, { tenantId, version: next.version, now })
    await refuseTooLarge(JSON.stringify(await readRules(trx, tenantId, now)))
    await recordAct(trx, deps, {
      tenantId,
      caller,
      what: 'notice-published',
      purpose: 'obey-law',
      detail: digestOf(JSON.stringify(next)),
    })
    return describeVersion(next, [...published, next], now)
  })
  deps.alarm.ring()
  return version
}

function refuseLonger(last: Published, draft: Draft, effectiveAt: Date, onlyNew: Input['onlyNew']): void {
  const longer = longerPeriods(last.policy, draft.policy, effectiveAt)
  refuseProblems(
    longer
      .filter(({ category }) => !onlyNew.includes(category))
      .map(({ path, category }) => ({
        path,
        message: `is longer than version ${last.version} promised to those whose data it is: name ${category} in onlyNew to have it for what is collected from the effective date`,
      })),
  )
}

/** What the business was shown that would go, and agreed to; null where nothing is kept for less time. */
function readConfirmation(
  deps: Deps,
  tenantId: string,
  last: Published,
  draft: Draft,
  effectiveAt: Date,
  input: Input,
): ExpiredCount[] | null {
  if (longerPeriods(draft.policy, last.policy, effectiveAt).length === 0) return null
  if (!input.confirmation)
    throw badInput('confirmation', 'something is kept for less time: confirm the preview')
  const subject = { tenantId, draft, since: last.version, effectiveAt: input.effectiveAt }
  return openConfirmation(deps, input.confirmation, subject)
}

function refuseTooLarge(rules: string): void {
  if (Buffer.byteLength(rules) > rulesBytesMax)
    throw new ServiceError('too-large', 'the versions in force and to come are too long together')
}
