import type { ServiceName } from '@candor/contracts/callers'
import type { Kept } from '@candor/contracts/data-holder'
import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { listServices } from '../service-names.ts'

/** What stays, once for each reason and date, though several services may name the same. */
export function groupKept({ services }: ErasureReceipt): KeptForReason[] {
  const kept = services.flatMap(({ service, kept: rows }) => rows.map((row) => ({ service, ...row })))
  const groups = Map.groupBy(kept, ({ reason, until }) => JSON.stringify([reason, until]))
  return [...groups.values()].map((rows) => ({
    reason: rows[0]!.reason,
    until: rows[0]!.until,
    rows: rows.reduce((sum, row) => sum + row.rows, 0),
    services: [...new Set(rows.map(({ service }) => service))],
  }))
}

/** "3 records in Chat", "10 records in total across Chat and Billing" */
export function countIn(rows: number, services: readonly ServiceName[]): string {
  const across = services.length > 1 ? 'in total across' : 'in'
  return `${rows} ${rows === 1 ? 'record' : 'records'} ${across} ${listServices(services)}`
}

export interface KeptForReason extends Pick<Kept, 'reason' | 'until' | 'rows'> {
  services: ServiceName[]
}
