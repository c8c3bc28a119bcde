import type { Announcement } from '@candor/contracts/privacy/notice-schemas'
import { diffPolicy } from './diff-policy.ts'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { acknowledge, findAcknowledged, listVersions } from '../../store/notices.ts'
import type { Deps } from '../deps.ts'
import { describeVersion } from './read-notices.ts'
import type { Staff } from './staff.ts'

/** Changed notices the account has not acknowledged, newest first, each with what it changed. */
export function listAnnouncements(deps: Deps, { tenantId, userId }: Staff): Promise<Announcement[]> {
  const now = deps.clock.now()
  return asTenant(deps.db, tenantId, async (trx) => {
    const published = await listVersions(trx, tenantId)
    const seen = await findAcknowledged(trx, userId)
    return published
      .flatMap((version, index) => {
        const before = published[index - 1]
        const shownAs = version.announcedBy.filter((how) => how !== 'mail')
        if (!before || version.version <= seen || shownAs.length === 0) return []
        const { changes } = diffPolicy(before.policy, version.policy)
        return [{ ...describeVersion(version, published, now), shownAs, changes }]
      })
      .toReversed()
      .slice(0, shownMax)
  })
}

const shownMax = 20

export async function acknowledgeNotice(
  deps: Deps,
  { tenantId, userId }: Staff,
  { version }: { version: number },
): Promise<Record<never, never>> {
  await asTenant(deps.db, tenantId, async (trx) => {
    const published = await listVersions(trx, tenantId)
    if (!published.some((one) => one.version === version)) throw notFound('version')
    await acknowledge(trx, { tenantId, userId, version, now: deps.clock.now() })
  })
  return {}
}
