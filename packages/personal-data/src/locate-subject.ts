import type { SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { rowsOf } from './rows-of.ts'

/**
 * Adds the ids under which this service knows the person. Addresses are never added: only those that were proven
 * count, and one person's rows may name another's.
 */
export async function locateSubject(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
): Promise<SubjectRef> {
  const found = { visitorIds: new Set(subject.visitorIds), userIds: new Set(subject.userIds) }
  for (const [table, { subjects }] of Object.entries(map.tables)) {
    for (const kind of ['visitor', 'staff'] as const) {
      const link = subjects?.[kind]
      if (!link || !('by' in link)) continue
      for (const ids of ['visitorIds', 'userIds'] as const) {
        const column = link.by[ids]
        if (!column) continue
        const { rows } = await sql<{ id: string | null }>`
          select distinct ${sql.ref(column)} as id from ${sql.table(table)} where ${rowsOf(map, table, kind, subject)}`.execute(
          trx,
        )
        for (const { id } of rows) if (id) found[ids].add(id)
      }
    }
  }
  return { ...subject, visitorIds: [...found.visitorIds], userIds: [...found.userIds] }
}
