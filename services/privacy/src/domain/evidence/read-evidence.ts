import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { Evidence } from '@candor/contracts/privacy/evidence'
import { asTenant } from '@candor/runtime/tenancy'
import { listEvidence } from '../../store/evidence-log.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'

/** What is read and for which reason it was are one transaction: nobody reads without leaving that. */
export function readEvidence(
  deps: Deps,
  caller: CallerOf<Row>,
  { email, reason }: InputOf<Row>,
): Promise<Evidence[]> {
  const { tenantId } = caller
  return asTenant(deps.db, tenantId, async (trx) => {
    const found = await listEvidence(trx, { tenantId, email, now: deps.clock.now() })
    await recordAct(trx, deps, {
      tenantId,
      caller,
      what: 'evidence-read',
      purpose: 'keep-evidence',
      detail: reason,
    })
    return found
  })
}

type Row = (typeof privacy)['procedures']['readEvidence']
