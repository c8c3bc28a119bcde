import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf } from '@candor/contracts/contract'
import type { Consent } from '@candor/contracts/privacy/consent-schemas'
import { asTenant } from '@candor/runtime/tenancy'
import { listConsents } from '../../store/consent-log.ts'
import type { Deps } from '../deps.ts'
import { describeConsent } from './describe-consent.ts'
import { holderOf } from './holder-of.ts'

export async function getConsent(deps: Deps, caller: CallerOf<Row>): Promise<Consent> {
  const holder = holderOf(caller)
  const { policy } = await deps.policies.of(holder.tenantId)
  return describeConsent(policy, await asTenant(deps.db, holder.tenantId, (trx) => listConsents(trx, holder)))
}

type Row = (typeof privacy)['procedures']['getConsent']
