import { services } from '@candor/contracts/callers'
import type { CallerOf, OutputOf } from '@candor/contracts/contract'
import type { Kept } from '@candor/contracts/data-holder'
import type { privacy } from '@candor/contracts/privacy'
import { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { sumErased } from '@candor/personal-data/report-erasure'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { signReceipt } from '../../saga/sign-receipt.ts'
import { getInstruction, listCarriedOut, setInstructionReceipt } from '../../store/instructions.ts'
import type { InstructionRecord } from '../../store/instructions.ts'
import { listSteps } from '../../store/request-steps.ts'
import type { StepRecord } from '../../store/request-steps.ts'
import { receiptEntered } from '../audit/read-audit-log.ts'
import { digestOf, recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'
import { receiptType } from '../check-receipt.ts'
import { openReceipt } from '../receipts.ts'

/** The receipt of all that an instruction did; signed when it is first asked for, and the same ever after. */
export async function getInstructionReceipt(
  deps: Deps,
  { tenantId }: CallerOf<Row>,
  instructionId: string,
): Promise<OutputOf<Row>> {
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  const instruction = await asTenant(deps.db, tenantId, (trx) => getInstruction(trx, instructionId))
  if (!instruction.endedAt) throw new ServiceError('conflict', 'it is still being carried out')
  if (instruction.jws) return openReceipt(deps, instruction.jws)
  const steps = await asTenant(deps.db, tenantId, async (trx) =>
    listSteps(trx, await listCarriedOut(trx, instructionId)),
  )
  const { name, slug } = business
  const written = writeReceipt(instruction, instruction.endedAt, { name, slug }, steps)
  const jws = await signReceipt(deps.signingKey, receiptType, written)
  const kept = await asTenant(deps.db, tenantId, async (trx) => {
    if (!(await setInstructionReceipt(trx, instructionId, jws)))
      return (await getInstruction(trx, instructionId)).jws!
    await recordAct(trx, deps, {
      tenantId,
      caller: { kind: 'service', service: 'privacy' },
      what: receiptEntered,
      purpose: 'serve-rights',
      object: instructionId,
      detail: digestOf(jws),
    })
    return jws
  })
  return openReceipt(deps, kept)
}

type Row = (typeof privacy)['procedures']['getInstructionReceipt']

function writeReceipt(
  { id, does, items, done, added, openedAt }: InstructionRecord,
  completedAt: string,
  business: ErasureReceipt['business'],
  steps: readonly StepRecord[],
): ErasureReceipt {
  return ErasureReceipt.parse({
    requestId: id,
    of: 'contacts',
    instruction: { does, items, done },
    business,
    requestedAt: openedAt,
    completedAt,
    services: services.map((service) => {
      const reports = steps.flatMap((step) => (step.service === service ? [step.report] : []))
      return {
        service,
        changed: [
          ...(service === 'chat' && added ? [{ table: 'contacts', action: 'added', rows: added }] : []),
          ...sumRows(
            reports.flatMap(({ corrected = [] }) => corrected.map(({ table, rows }) => ({ table, rows }))),
            ({ table }) => table,
          ).map((row) => ({ ...row, action: 'corrected' })),
        ],
        erased: sumErased(reports.flatMap(({ erased = [] }) => erased)),
        kept: sumRows<Kept>(
          reports.flatMap((report) => report.kept ?? []),
          ({ table, category, reason, until }) => [table, category, reason, until].join('|'),
        ),
        residue: 0,
        columnsSearched: Math.max(0, ...reports.map(({ columnsSearched = 0 }) => columnsSearched)),
      }
    }),
  })
}

function sumRows<Counted extends { rows: number }>(
  all: readonly Counted[],
  key: (row: Counted) => string,
): Counted[] {
  return [...Map.groupBy(all, key).values()].map((group) => ({
    ...group[0]!,
    rows: group.reduce((sum, { rows }) => sum + rows, 0),
  }))
}
