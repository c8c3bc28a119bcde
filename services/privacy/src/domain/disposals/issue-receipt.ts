import type { ServiceName } from '@candor/contracts/callers'
import type { DayOfDisposals } from '@candor/contracts/disposals'
import type { DisposalReceipt } from '@candor/contracts/privacy/retention'
import type { Transaction } from 'kysely'
import { signReceipt } from '../../saga/sign-receipt.ts'
import { insertDisposalReceipt } from '../../store/disposal-receipts.ts'
import type { Database } from '../../store/tables.ts'
import { digestOf, recordAct } from '../audit/record-act.ts'
import { disposalType } from '../check-receipt.ts'
import type { Deps } from '../deps.ts'

/** Signs what a service's sweeps disposed of on a day, keeps it, and enters it in the audit log. */
export async function issueDisposalReceipt(
  trx: Transaction<Database>,
  deps: Pick<Deps, 'clock' | 'newId' | 'signingKey'>,
  tenantId: string,
  service: ServiceName,
  day: DayOfDisposals,
): Promise<void> {
  const id = deps.newId()
  const issuedAt = deps.clock.now().toISOString()
  const receipt: DisposalReceipt = { id, businessId: tenantId, service, ...day, issuedAt }
  const jws = await signReceipt(deps.signingKey, disposalType, receipt)
  await insertDisposalReceipt(trx, { id, tenantId, jws })
  await recordAct(trx, deps, {
    tenantId,
    caller: { kind: 'service', service },
    what: 'disposal-receipt-issued',
    purpose: 'serve-rights',
    object: id,
    detail: digestOf(jws),
  })
}
