import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import type { ConsentRecord } from '@candor/contracts/privacy/consent-schemas'
import { joinSignals, refusedBySignals } from '@candor/policy/consent'
import type { Call } from '@candor/rpc/call'
import { badInput, notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { lockConsents } from '../../store/consent-log.ts'
import type { Deps } from '../deps.ts'
import { stopOffers, wantOffers } from '../marketing/offers.ts'
import { addressOf } from '../marketing/preferences.ts'
import { changeConsent } from './change-consent.ts'
import { holderOf } from './holder-of.ts'

/**
 * Records a choice with the words it was made by. What a signal refuses is refused also where it was given just now or
 * before: who sends the signal has said no already.
 */
export async function recordConsent(
  deps: Deps,
  call: Call<CallerOf<Row>>,
  input: InputOf<Row>,
): Promise<ConsentRecord> {
  const holder = holderOf(call.caller)
  const { policy } = await deps.policies.of(holder.tenantId)
  checkChoice(policy, input)
  const address = input.given.includes('marketing-mail')
    ? await addressFor(deps, call.caller, input)
    : undefined
  const signals = joinSignals(call.signals, input.signals)
  const { text, textVersion } = policy.consent
  const record = await asTenant(deps.db, holder.tenantId, async (trx) => {
    const [last] = await lockConsents(trx, holder)
    const named = [...input.given, ...input.refused, ...(last?.holds ?? [])]
    const signalled = refusedBySignals(policy.signals, signals).filter((one) => named.includes(one))
    const refused = [...new Set([...input.refused, ...signalled])]
    const given = without([...new Set(input.given)], refused)
    const holds = without([...new Set([...(last?.holds ?? []), ...given])], refused)
    const change = { action: 'recorded', source: input.source, text, textVersion, given, refused } as const
    if (refused.includes('marketing-mail')) await stopOffers(trx, holder)
    else if (address && given.includes('marketing-mail'))
      await wantOffers(trx, deps, { holder, ...address, consentId: deps.newId() })
    return changeConsent(trx, deps, holder, last, { ...change, holds, signals })
  })
  deps.relay.wake()
  return record
}

/** Where offers are wanted: at the account's address, or at the one a visitor names. */
async function addressFor(deps: Deps, caller: CallerOf<Row>, { email }: InputOf<Row>) {
  const business = await deps.identity.findBusiness.query({ tenantId: caller.tenantId })
  if (!business) throw notFound('business')
  if (caller.kind === 'staff') return { email: await addressOf(deps, caller), business }
  if (email === undefined) throw badInput('email', 'offers need an address to go to')
  return { email, business }
}

type Row = (typeof privacy)['procedures']['recordConsent']

function checkChoice({ consent }: Policy, { given, refused, textVersion }: InputOf<Row>): void {
  if (textVersion !== consent.textVersion)
    throw new ServiceError('conflict', 'the text has changed; show the present one and ask again')
  const unasked = without(given, consent.asked)
  if (unasked.length > 0) throw badInput('given', `${unasked.join(', ')} is not asked for`)
  if (given.some((purpose) => refused.includes(purpose)))
    throw badInput('refused', 'nothing is both given and refused')
}

export function without(
  purposes: readonly ConsentPurpose[],
  others: readonly ConsentPurpose[],
): ConsentPurpose[] {
  return purposes.filter((purpose) => !others.includes(purpose))
}
