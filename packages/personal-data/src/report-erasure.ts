import type { ErasedTable, ErasureReport, SubjectRef } from '@candor/contracts/data-holder'
import type { Policy } from '@candor/contracts/policy/policy'
import type { LegalHold } from '@candor/contracts/policy/tenant-rules'
import type { EventTables } from '@candor/events/tables'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { eraseSubject } from './erase-subject.ts'

/**
 * Erases and keeps the report with the erasure, in one transaction: a repeat, after a crash or because something was
 * found, adds what it did and answers for all runs of the request.
 */
export async function reportErasure(
  trx: Transaction<any>,
  map: DataMap,
  request: {
    subject: SubjectRef
    requestId: string
    now: Date
    holds: readonly LegalHold[]
    policy: Policy
  },
): Promise<ErasureReport> {
  const reports = trx as Transaction<EventTables>
  const { requestId, subject, now } = request
  const stored = await reports
    .selectFrom('erasure_reports')
    .select('report')
    .where('request_id', '=', requestId)
    .where('tenant_id', '=', subject.tenantId)
    .forUpdate()
    .executeTakeFirst()
  const before = (stored?.report as ErasureReport | undefined)?.erased ?? []
  const { erased, ...rest } = await eraseSubject(trx, map, subject, request)
  const report = { erased: sumErased([...before, ...erased]), ...rest }
  await reports
    .insertInto('erasure_reports')
    .values({
      request_id: requestId,
      tenant_id: subject.tenantId,
      report: JSON.stringify(report),
      erased_at: now,
    })
    .onConflict((conflict) =>
      conflict.column('request_id').doUpdateSet({ report: JSON.stringify(report), erased_at: now }),
    )
    .execute()
  return report
}

/** Counts of several runs as of one. */
export function sumErased(all: ErasedTable[]): ErasedTable[] {
  const groups = Map.groupBy(all, ({ table, action }) => `${table} ${action}`)
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    rows: group.reduce((sum, { rows }) => sum + rows, 0),
  }))
}
