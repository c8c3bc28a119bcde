import { letter } from '@candor/mail/letter'
import { queueMail } from '@candor/mail/queue-mail'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import type { Holder } from '../../store/consent-log.ts'
import { dropQueued, endOffers, findPreference, savePreference } from '../../store/marketing.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { openNewsToken, sealNewsToken } from './news-token.ts'

/**
 * An address wanted for offers is asked whether it agrees, for anybody can type anybody's. The address of an account is
 * proven already.
 */
export async function wantOffers(
  trx: Transaction<Database>,
  deps: Deps,
  wish: { holder: Holder; email: string; business: { name: string; slug: string }; consentId: string },
): Promise<void> {
  const { holder, business } = wish
  const { tenantId, kind, id } = holder
  const email = wish.email.toLowerCase()
  const now = deps.clock.now()
  const isProven = kind === 'account'
  await savePreference(trx, tenantId, {
    email,
    ...(kind === 'account' ? { userId: id } : { visitorId: id }),
    offers: true,
    confirmedAt: isProven ? now : null,
    interestedAt: now,
  })
  if (isProven) return
  const until = new Date(now.getTime() + confirmWithinMs).toISOString()
  const token = sealNewsToken(deps.sealer, { tenantId, email, for: 'confirm-offers', until })
  const subject = `Do you want offers from ${business.name}?`
  const parts = {
    heading: subject,
    paragraphs: [`Somebody, presumably you, asked ${business.name} for offers at this address.`],
    action: { label: 'Yes, send me offers', url: `${newsPage(deps, business.slug, token)}&for=confirm` },
    footer: 'If it was not you, do nothing: without the link nothing is sent.',
  }
  const once = { tenantId, onceKey: `confirm-offers:${wish.consentId}`, to: email, subjectId: id }
  await queueMail(trx, { ...once, subject, ...letter(parts), newId: deps.newId, now })
}

const confirmWithinMs = 2 * 86_400_000

export async function confirmOffers(
  deps: Deps,
  { token }: { token: string },
): Promise<{ confirmed: boolean }> {
  const { tenantId, email, for: use, until } = openNewsToken(deps.sealer, token)
  const now = deps.clock.now()
  if (use !== 'confirm-offers') throw new ServiceError('bad-credentials', 'this link is for something else')
  if (until !== null && new Date(until) <= now) throw new ServiceError('expired', 'this link has expired')
  const confirmed = await asTenant(deps.db, tenantId, async (trx) => {
    const preference = await findPreference(trx, tenantId, email)
    if (!preference?.offers) return false
    await savePreference(trx, tenantId, { email, confirmedAt: now, interestedAt: now })
    return true
  })
  return { confirmed }
}

/** Consent to offers has ended: nothing more goes out, not even what waits. */
export async function stopOffers(trx: Transaction<Database>, holder: Holder): Promise<void> {
  for (const email of await endOffers(trx, holder)) await dropQueued(trx, holder.tenantId, 'campaign', email)
}

/** The token stands behind the `#`, where no server log sees it. */
export function newsPage(deps: Pick<Deps, 'publicUrl'>, slug: string, token: string): string {
  return `${deps.publicUrl}/privacy/${slug}/news#token=${token}`
}
