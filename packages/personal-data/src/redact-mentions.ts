import type { ErasedTable, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import { readCatalogue } from './catalogue.ts'
import type { CatalogueColumn } from './catalogue.ts'
import type { DataMap } from './data-map.ts'
import { erasedWord } from './erased-word.ts'
import { mayMention, mentions, pattern } from './mentions.ts'

/**
 * Takes the person's address out of what is about somebody else: another visitor may have given it as a name, an agent
 * may have quoted it. Text that a law keeps stays as it is.
 */
export async function redactMentions(
  trx: Transaction<any>,
  map: DataMap,
  { emails, tenantId }: SubjectRef,
): Promise<ErasedTable[]> {
  if (emails.length === 0) return []
  const erased: ErasedTable[] = []
  const columns = (await readCatalogue(trx)).filter((column) => isRedacted(map, column))
  for (const [table, found] of Map.groupBy(columns, (column) => column.table)) {
    const { tenant = 'tenant_id' } = map.tables[table]!
    const texts = found.map(({ column }) => sql.ref(column))
    const { numAffectedRows } = await sql`
      update ${sql.table(table)}
      set ${sql.join(texts.map((text) => sql`${text} = ${withoutEmails(text, emails)}`))}
      where ${tenant === null ? sql`true` : sql`${sql.ref(tenant)} = ${tenantId}`}
        and (${sql.join(
          texts.map((text) => sql`(${mayMention(text, 'text', emails)} and ${mentions(text, emails)})`),
          sql` or `,
        )})`.execute(trx)
    if (numAffectedRows) erased.push({ table, action: 'redacted', rows: Number(numAffectedRows) })
  }
  return erased
}

function isRedacted(map: DataMap, { table, column, isText }: CatalogueColumn): boolean {
  const declared = map.tables[table]?.columns[column]
  return isText && declared?.personal === true && typeof declared.onErasure !== 'object'
}

function withoutEmails(text: RawBuilder<unknown>, emails: readonly string[]): RawBuilder<unknown> {
  return emails.reduce(
    (rest, email) => sql`regexp_replace(${rest}, ${pattern(email)}, ${erasedWord}, 'gi')`,
    text,
  )
}
