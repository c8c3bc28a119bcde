import type { ErasedTable, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { readCatalogue } from './catalogue.ts'
import type { DataMap } from './data-map.ts'
import { erasedWord } from './erased-word.ts'
import { mentions, pattern } from './mentions.ts'

/**
 * Takes the person's address out of what is about somebody else: another visitor may have given it as a name, an agent
 * may have quoted it. Text that a law keeps stays as it is.
 */
export async function redactMentions(
  trx: Transaction<any>,
  map: DataMap,
  subject: SubjectRef,
): Promise<ErasedTable[]> {
  const erased: ErasedTable[] = []
  for (const { table, column, isText } of await readCatalogue(trx)) {
    const declared = map.tables[table]?.columns[column]
    if (!isText || !declared?.personal || typeof declared.onErasure === 'object') continue
    const { tenant = 'tenant_id' } = map.tables[table]!
    const mine = tenant === null ? sql`true` : sql`${sql.ref(tenant)} = ${subject.tenantId}`
    const text = sql.ref(column)
    for (const email of subject.emails) {
      const { numAffectedRows } = await sql`
        update ${sql.table(table)}
        set ${text} = regexp_replace(${text}, ${pattern(email)}, ${erasedWord}, 'gi')
        where ${mine} and ${mentions(text, [email])}`.execute(trx)
      if (numAffectedRows) erased.push({ table, action: 'redacted', rows: Number(numAffectedRows) })
    }
  }
  return erased
}
