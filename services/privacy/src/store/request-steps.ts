import type { ServiceName } from '@candor/contracts/callers'
import type { Transaction } from 'kysely'
import type { Database, Step, StepReport } from './tables.ts'

export interface StepRecord {
  requestId: string
  service: ServiceName
  step: Step
  /** Null while a later round has it to do again. */
  doneAt: Date | null
  report: StepReport
}

export async function listSteps(
  trx: Transaction<Database>,
  requestIds: readonly string[],
): Promise<StepRecord[]> {
  if (requestIds.length === 0) return []
  return trx
    .selectFrom('request_steps')
    .select(['request_id as requestId', 'service', 'step', 'done_at as doneAt', 'report'])
    .where('request_id', 'in', requestIds)
    .execute()
}

export async function setStepDone(
  trx: Transaction<Database>,
  done: {
    requestId: string
    tenantId: string
    service: ServiceName
    step: Step
    now: Date
    report: StepReport
  },
): Promise<void> {
  const { requestId, tenantId, service, step, now } = done
  const report = JSON.stringify(done.report)
  await trx
    .insertInto('request_steps')
    .values({ request_id: requestId, tenant_id: tenantId, service, step, done_at: now, report })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'request_id', 'service', 'step']).doUpdateSet({ done_at: now, report }),
    )
    .execute()
}

/** Puts every step before its service again. What it reported stays, for the receipt tells of all rounds. */
export async function reopenSteps(trx: Transaction<Database>, requestId: string): Promise<void> {
  await trx.updateTable('request_steps').set({ done_at: null }).where('request_id', '=', requestId).execute()
}
