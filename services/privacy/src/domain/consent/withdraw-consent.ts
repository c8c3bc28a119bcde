import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { Consent } from '@candor/contracts/privacy/consent-schemas'
import type { Call } from '@candor/rpc/call'
import { asTenant } from '@candor/runtime/tenancy'
import { listConsents, lockConsents } from '../../store/consent-log.ts'
import type { Deps } from '../deps.ts'
import { changeConsent } from './change-consent.ts'
import { stopOffers } from '../marketing/offers.ts'
import { describeConsent } from './describe-consent.ts'
import { holderOf } from './holder-of.ts'
import { without } from './record-consent.ts'

/** Takes consent back, for some purposes or for all; what was never given needs no record. */
export async function withdrawConsent(
  deps: Deps,
  call: Call<CallerOf<Row>>,
  { purposes, source }: InputOf<Row>,
): Promise<Consent> {
  const holder = holderOf(call.caller)
  const { policy } = await deps.policies.of(holder.tenantId)
  const entries = await asTenant(deps.db, holder.tenantId, async (trx) => {
    const [last] = await lockConsents(trx, holder)
    const withdrawn = last?.holds.filter((purpose) => purposes?.includes(purpose) ?? true) ?? []
    if (last && withdrawn.length > 0) {
      if (withdrawn.includes('marketing-mail')) await stopOffers(trx, holder)
      await changeConsent(trx, deps, holder, last, {
        action: 'withdrawn',
        source,
        text: last.text,
        textVersion: last.textVersion,
        given: [],
        refused: withdrawn,
        holds: without(last.holds, withdrawn),
        signals: call.signals,
      })
    }
    return listConsents(trx, holder)
  })
  deps.relay.wake()
  return describeConsent(policy, entries)
}

type Row = (typeof privacy)['procedures']['withdrawConsent']
