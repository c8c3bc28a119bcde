import { asTenant } from '@candor/runtime/tenancy'
import { lockConsents } from '../../store/consent-log.ts'
import type { Holder } from '../../store/consent-log.ts'
import { dropQueued, findPreference, savePreference } from '../../store/marketing.ts'
import { changeConsent } from '../consent/change-consent.ts'
import { without } from '../consent/record-consent.ts'
import type { Deps } from '../deps.ts'
import { openNewsToken } from './news-token.ts'

/** One click in a letter: no sign-in, in force with this transaction, also for what waits to be sent. */
export async function stopNews(
  deps: Deps,
  { token }: { token: string },
): Promise<{ stopped: 'service-news' | 'offers' }> {
  const { tenantId, email, for: use } = openNewsToken(deps.sealer, token)
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    if (use === 'stop-service-news') {
      await savePreference(trx, tenantId, { email, serviceNews: false, interestedAt: now })
      return dropQueued(trx, tenantId, 'service-news', email)
    }
    const preference = await findPreference(trx, tenantId, email)
    await savePreference(trx, tenantId, { email, offers: false, confirmedAt: null, interestedAt: now })
    await dropQueued(trx, tenantId, 'campaign', email)
    const { visitorId = null, userId = null } = preference ?? {}
    const holder: Holder | undefined = visitorId
      ? { kind: 'visitor', tenantId, id: visitorId }
      : userId
        ? { kind: 'account', tenantId, id: userId }
        : undefined
    if (!holder) return
    const [last] = await lockConsents(trx, holder)
    if (!last?.holds.includes('marketing-mail')) return
    await changeConsent(trx, deps, holder, last, {
      action: 'withdrawn',
      source: 'mail',
      text: last.text,
      textVersion: last.textVersion,
      given: [],
      refused: ['marketing-mail'],
      holds: without(last.holds, ['marketing-mail']),
      signals: { doNotTrack: false, globalPrivacyControl: false },
    })
  })
  deps.relay.wake()
  return { stopped: use === 'stop-service-news' ? 'service-news' : 'offers' }
}
