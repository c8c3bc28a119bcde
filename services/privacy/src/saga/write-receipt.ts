import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import type { Kept } from '@candor/contracts/data-holder'
import { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import type { StepRecord } from '../store/request-steps.ts'
import type { RequestRecord } from '../store/requests.ts'
import type { Step, StepReport } from '../store/tables.ts'

/** What an erasure did and what stays, from the services' own reports. */
export function writeReceipt(
  request: Pick<RequestRecord, 'id' | 'openedAt'> & Pick<ErasureReceipt, 'of' | 'business'>,
  steps: readonly StepRecord[],
  now: Date,
): ErasureReceipt {
  return ErasureReceipt.parse({
    requestId: request.id,
    of: request.of,
    business: request.business,
    requestedAt: request.openedAt.toISOString(),
    completedAt: now.toISOString(),
    services: services.map((service) => {
      const erased = reportOf(steps, service, 'erased')
      return {
        service,
        erased: erased.erased,
        kept: [
          ...(erased.kept ?? []),
          ...tombstones(request.of ? { buried: 1 } : reportOf(steps, service, 'hidden')),
        ],
        residue: 0,
        columnsSearched: reportOf(steps, service, 'verified').columnsSearched,
      }
    }),
  })
}

function reportOf(steps: readonly StepRecord[], service: ServiceName, step: Step): StepReport {
  const done = steps.find((record) => record.service === service && record.step === step && record.doneAt)
  if (!done) throw new Error(`${service} has not ${step}`)
  return done.report
}

/** Tombstones belong to no column of a person, so no data map reports them; but they stay, and the receipt says so. */
function tombstones({ buried = 0 }: StepReport): Kept[] {
  if (buried === 0) return []
  const reason =
    'A hash of a random id, for good: by it late messages and restored backups are kept from bringing the person back'
  return [{ table: 'tombstones', category: 'rights-requests', rows: buried, reason, until: null }]
}
