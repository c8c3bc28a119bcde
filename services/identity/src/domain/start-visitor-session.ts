import type { VisitorSession } from '@candor/contracts/identity/schemas'
import { whyAsked } from '@candor/policy/why-asked'
import { notFound } from '@candor/rpc/service-error'
import { asLookup, enterTenant } from '@candor/runtime/tenancy'
import { findBusinessByWidgetKey } from '../store/businesses.ts'
import { ageNoteIn } from './age-note.ts'
import { fromRemote } from './attempts.ts'
import type { Deps } from './deps.ts'
import { issueTokens, openSession } from './open-session.ts'

/** A visitor is a random id, made here and known to this one business; nothing about the person is asked or stored. */
export async function startVisitorSession(
  deps: Deps,
  call: { remoteAddress: string | null },
  { widgetKey, language }: { widgetKey: string; language?: string | undefined },
): Promise<VisitorSession> {
  await deps.throttle.take(fromRemote('visitor session', call.remoteAddress, deps.limits.visitorSession))
  const visitorId = deps.newId()
  const opened = await asLookup(deps.db, widgetKey, async (trx) => {
    const business = await findBusinessByWidgetKey(trx, widgetKey)
    if (!business) throw notFound('business')
    await enterTenant(trx, business.id)
    const session = await openSession(trx, deps, { kind: 'visitor', tenantId: business.id, visitorId })
    return { business, session }
  })
  const { id, name, slug } = opened.business
  const { minors, categories } = (await deps.policies.of(id)).policy
  const business = {
    name,
    slug,
    ageNote: minors && ageNoteIn(language ?? 'en', minors.minimumAge),
    whyAsked: whyAsked(categories['contact-details'].purposes, language ?? 'en'),
  }
  return { ...(await issueTokens(deps, opened.session)), visitorId, business }
}
