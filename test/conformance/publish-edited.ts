import type { Policy } from '@candor/contracts/policy/policy'
import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { until } from '../story/until.ts'
import { clientsOf } from '../story/clients.ts'
import { obeyed } from './choose-pack.ts'
import type { Business, Platform } from './world.ts'

/** Publishes the notice in force with changes, as the business's owner would, and waits where it takes effect now. */
export async function publishEdited(
  platform: Platform,
  business: Business,
  pack: PackId,
  edit: (policy: Policy) => Partial<Policy>,
  effectiveAt?: Date,
): Promise<number> {
  const { privacy } = await business.owner()
  const { policy } = await privacy.getPolicyDraft.query()
  await privacy.savePolicyDraft.mutate({ pack, policy: { ...policy, ...edit(policy) } })
  const when = effectiveAt ? { effectiveAt: effectiveAt.toISOString() } : {}
  const { confirmation } = await privacy.previewPolicy.query(when)
  const { version } = await privacy.publishPolicy.mutate({
    ...when,
    ...(confirmation ? { confirmation: confirmation.token } : {}),
  })
  if (effectiveAt) return version
  await until('the notice to be in force', async () => {
    const { listNoticeVersions } = clientsOf(platform.url).privacy
    const versions = await listNoticeVersions.query({ business: business.slug })
    return versions.some((one) => one.version === version && one.isInForce)
  })
  await obeyed(platform, business)
  return version
}
