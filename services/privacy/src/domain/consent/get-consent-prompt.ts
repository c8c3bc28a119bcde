import type { privacy } from '@candor/contracts/privacy'
import type { InputOf } from '@candor/contracts/contract'
import type { ConsentPrompt } from '@candor/contracts/privacy/consent-schemas'
import { joinSignals, refusedBySignals } from '@candor/policy/consent'
import type { Call } from '@candor/rpc/call'
import { badInput, notFound } from '@candor/rpc/service-error'
import type { Deps } from '../deps.ts'

/** What a page asks before it stores or counts anything: read from the notice in force, and kept of it nothing. */
export async function getConsentPrompt(
  deps: Deps,
  call: Pick<Call, 'signals'>,
  { business: slug, widgetKey, signals }: InputOf<Row>,
): Promise<ConsentPrompt> {
  if (slug === undefined && widgetKey === undefined) throw badInput('business', 'this or widgetKey is needed')
  const business = await deps.identity.findBusiness.query({ slug, widgetKey })
  if (!business) throw notFound('business')
  const { policy, version } = await deps.policies.of(business.id)
  const { prompt, asked, text, textVersion } = policy.consent
  return {
    business: { name: business.name, slug: business.slug },
    effectiveAt: version.effectiveAt,
    prompt,
    asked,
    text,
    textVersion,
    refusedBySignal: refusedBySignals(policy.signals, joinSignals(call.signals, signals)),
    signals: policy.signals,
    cookies: policy.cookies,
  }
}

type Row = (typeof privacy)['procedures']['getConsentPrompt']
