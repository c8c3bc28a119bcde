import type { ErasedTable, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { erasedWord } from './erased-word.ts'

/** Takes the person's address out of free text in rows that are somebody else's: an agent may have quoted it. */
export async function redactMentions(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
): Promise<ErasedTable[]> {
  const erased: ErasedTable[] = []
  for (const [table, { columns, tenant = 'tenant_id' }] of Object.entries(map.tables)) {
    for (const [name, column] of Object.entries(columns)) {
      if (!column.personal || !column.free) continue
      for (const email of subject.emails) {
        const mine = tenant === null ? sql`true` : sql`${sql.ref(tenant)} = ${subject.tenantId}`
        const { numAffectedRows } = await sql`
          update ${sql.table(table)}
          set ${sql.ref(name)} = regexp_replace(${sql.ref(name)}, ${escapePattern(email)}, ${erasedWord}, 'gi')
          where ${mine} and position(${email} in lower(${sql.ref(name)})) > 0`.execute(trx)
        if (numAffectedRows) erased.push({ table, action: 'redacted', rows: Number(numAffectedRows) })
      }
    }
  }
  return erased
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
