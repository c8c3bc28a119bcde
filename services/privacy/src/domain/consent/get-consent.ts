import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf } from '@candor/contracts/contract'
import type { Consent } from '@candor/contracts/privacy/consent-schemas'
import { asTenant } from '@candor/runtime/tenancy'
import { listConsents } from '../../store/consent-log.ts'
import type { ConsentEntry } from '../../store/consent-log.ts'
import type { Deps } from '../deps.ts'
import { describeConsent } from './describe-consent.ts'
import { holdersOf } from './holder-of.ts'

export async function getConsent(deps: Deps, caller: CallerOf<Row>): Promise<Consent> {
  const { tenantId } = caller
  const holders = await holdersOf(deps, caller)
  const { policy } = await deps.policies.of(tenantId)
  const histories = await asTenant(deps.db, tenantId, async (trx) => {
    const found: ConsentEntry[][] = []
    for (const holder of holders) found.push(await listConsents(trx, holder))
    return found
  })
  return describeConsent(policy, histories)
}

type Row = (typeof privacy)['procedures']['getConsent']
