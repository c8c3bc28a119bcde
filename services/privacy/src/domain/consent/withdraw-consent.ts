import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { Consent } from '@candor/contracts/privacy/consent-schemas'
import type { Call } from '@candor/rpc/call'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { listConsents, lockConsents } from '../../store/consent-log.ts'
import type { ConsentEntry, Holder } from '../../store/consent-log.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { changeConsent } from './change-consent.ts'
import { stopOffers } from '../marketing/offers.ts'
import { describeConsent } from './describe-consent.ts'
import { holdersOf } from './holder-of.ts'
import { without } from './record-consent.ts'

/** Takes consent back, for some purposes or for all; what was never given needs no record. */
export async function withdrawConsent(
  deps: Deps,
  { caller, signals }: Call<CallerOf<Row>>,
  { purposes, source }: InputOf<Row>,
): Promise<Consent> {
  const { tenantId } = caller
  const holders = (await holdersOf(deps, caller)).toSorted((one, other) => one.id.localeCompare(other.id))
  const { policy } = await deps.policies.of(tenantId)
  const histories = await asTenant(deps.db, tenantId, async (trx) => {
    const found: ConsentEntry[][] = []
    for (const holder of holders) found.push(await withdraw(trx, deps, holder, { purposes, source, signals }))
    return found
  })
  deps.relay.wake()
  return describeConsent(policy, histories)
}

async function withdraw(
  trx: Transaction<Database>,
  deps: Deps,
  holder: Holder,
  { purposes, source, signals }: InputOf<Row> & Pick<Call, 'signals'>,
): Promise<ConsentEntry[]> {
  const [last] = await lockConsents(trx, holder)
  const withdrawn = last?.holds.filter((purpose) => purposes?.includes(purpose) ?? true) ?? []
  if (!last || withdrawn.length === 0) return listConsents(trx, holder)
  if (withdrawn.includes('marketing-mail')) await stopOffers(trx, holder)
  await changeConsent(trx, deps, holder, last, {
    action: 'withdrawn',
    source,
    text: last.text,
    textVersion: last.textVersion,
    given: [],
    refused: withdrawn,
    holds: without(last.holds, withdrawn),
    signals,
  })
  return listConsents(trx, holder)
}

type Row = (typeof privacy)['procedures']['withdrawConsent']
