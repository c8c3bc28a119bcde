import { isDeepStrictEqual } from 'node:util'
import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { until } from '../story/until.ts'
import { clientsOf } from '../story/clients.ts'
import type { Business, Platform } from './world.ts'

/** Publishes a pack as the business's notice, as its owner would, and waits until it is in force. */
export async function choosePack(platform: Platform, business: Business, pack: PackId): Promise<void> {
  const { privacy } = await business.owner()
  await privacy.savePolicyDraft.mutate({ pack })
  const { changes, confirmation, longer } = await privacy.previewPolicy.query({})
  if (changes.length === 0) return
  const { version } = await privacy.publishPolicy.mutate({
    onlyNew: longer,
    ...(confirmation ? { confirmation: confirmation.token } : {}),
  })
  await until('the notice to be in force', async () => {
    const versions = await clientsOf(platform.url).privacy.listNoticeVersions.query({
      business: business.slug,
    })
    return versions.some((one) => one.version >= version && one.isInForce)
  })
  await obeyed(platform, business)
}

/** Once what is published last has come back from the bucket that all services follow. */
export async function obeyed(platform: Platform, business: Business): Promise<void> {
  const { policy } = await (await business.owner()).privacy.getPolicyDraft.query()
  await until('the notice to be obeyed', async () => {
    const { getRecipients } = clientsOf(platform.url).privacy
    const { recipients } = await getRecipients.query({ business: business.slug })
    return isDeepStrictEqual(recipients, policy.recipients)
  })
}
