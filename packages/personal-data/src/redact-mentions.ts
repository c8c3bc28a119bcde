import type { ErasedTable, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { erasedWord } from './erased-word.ts'
import { mentions, pattern } from './mentions.ts'

/**
 * Takes the person's address out of free text in rows that are somebody else's: an agent may have quoted it. Text that
 * a law keeps stays as it is.
 */
export async function redactMentions(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
): Promise<ErasedTable[]> {
  const erased: ErasedTable[] = []
  for (const [table, { columns, tenant = 'tenant_id' }] of Object.entries(map.tables)) {
    for (const [name, column] of Object.entries(columns)) {
      if (!column.personal || !column.free || typeof column.onErasure === 'object') continue
      for (const email of subject.emails) {
        const text = sql.ref(name)
        const mine = tenant === null ? sql`true` : sql`${sql.ref(tenant)} = ${subject.tenantId}`
        const { numAffectedRows } = await sql`
          update ${sql.table(table)}
          set ${text} = regexp_replace(${text}, ${pattern(email)}, ${erasedWord}, 'gi')
          where ${mine} and ${mentions(text, [email])}`.execute(trx)
        if (numAffectedRows) erased.push({ table, action: 'redacted', rows: Number(numAffectedRows) })
      }
    }
  }
  return erased
}
