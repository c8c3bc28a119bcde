import type { CallerOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { NewsPreference } from '@candor/contracts/privacy/marketing'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { dropQueued, findPreference, savePreference } from '../../store/marketing.ts'
import type { Preference } from '../../store/marketing.ts'
import type { Deps } from '../deps.ts'

export async function getNewsPreference(deps: Deps, caller: Staff): Promise<NewsPreference> {
  const email = await addressOf(deps, caller)
  return describe(
    await asTenant(deps.db, caller.tenantId, (trx) => findPreference(trx, caller.tenantId, email)),
  )
}

export async function setServiceNews(
  deps: Deps,
  caller: Staff,
  { wanted }: { wanted: boolean },
): Promise<NewsPreference> {
  const { tenantId, userId } = caller
  const email = await addressOf(deps, caller)
  return asTenant(deps.db, tenantId, async (trx) => {
    const interestedAt = deps.clock.now()
    await savePreference(trx, tenantId, { email, userId, serviceNews: wanted, interestedAt })
    if (!wanted) await dropQueued(trx, tenantId, 'service-news', email)
    return describe(await findPreference(trx, tenantId, email))
  })
}

/** The address of the caller's account. */
export async function addressOf(
  deps: Pick<Deps, 'identity'>,
  { tenantId, userId }: Pick<Staff, 'tenantId' | 'userId'>,
): Promise<string> {
  const accounts = await deps.identity.listStaffAddresses.query({ tenantId })
  const account = accounts.find((one) => one.userId === userId)
  if (!account) throw new ServiceError('not-signed-in', 'this account has ended')
  return account.email
}

function describe(preference: Preference | undefined): NewsPreference {
  return {
    serviceNews: preference?.serviceNews ?? null,
    offers: preference?.offers ?? false,
    interestedAt: preference?.interestedAt.toISOString() ?? null,
  }
}

type Staff = CallerOf<(typeof privacy)['procedures']['setServiceNews']>
