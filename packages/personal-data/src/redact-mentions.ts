import type { ErasedTable, Held, SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import { readCatalogue } from './catalogue.ts'
import type { CatalogueColumn } from './catalogue.ts'
import type { DataMap } from './data-map.ts'
import { erasedWord } from './erased-word.ts'
import type { Holds } from './held-rows.ts'
import { mayMention, mentions, pattern } from './mentions.ts'

/**
 * Takes the person's address out of what is about somebody else: another visitor may have given it as a name, an agent
 * may have quoted it. Text that a law keeps stays as it is.
 */
export async function redactMentions(
  trx: Transaction<any>,
  map: DataMap,
  { emails, tenantId }: SubjectRef,
  holds: Holds,
): Promise<{ redacted: ErasedTable[]; untouched: Held[] }> {
  const redacted: ErasedTable[] = []
  const untouched: Held[] = []
  if (emails.length === 0) return { redacted, untouched }
  const columns = (await readCatalogue(trx)).filter((column) => isRedacted(map, column))
  for (const [table, found] of Map.groupBy(columns, (column) => column.table)) {
    const { tenant = 'tenant_id' } = map.tables[table]!
    const mine = tenant === null ? sql`true` : sql`${sql.ref(tenant)} = ${tenantId}`
    const naming = (texts: RawBuilder<unknown>[]) =>
      sql`${mine} and (${sql.join(
        texts.map((text) => sql`(${mayMention(text, 'text', emails)} and ${mentions(text, emails)})`),
        sql` or `,
      )})`
    const byHold = Map.groupBy(found, ({ column }) => holdOn(map, table, column, holds))
    for (const [hold, named] of byHold) {
      const texts = named.map(({ column }) => sql.ref(column))
      if (hold) {
        const { category, law, owner, until } = hold
        const { rows } = await sql<{ rows: number }>`
          select count(*) as rows from ${sql.table(table)} where ${naming(texts)}`.execute(trx)
        if (rows[0]!.rows > 0) untouched.push({ table, category, ...rows[0]!, law, owner, until })
        continue
      }
      const { numAffectedRows } = await sql`
        update ${sql.table(table)}
        set ${sql.join(texts.map((text) => sql`${text} = ${withoutEmails(text, emails)}`))}
        where ${naming(texts)}`.execute(trx)
      if (numAffectedRows) redacted.push({ table, action: 'redacted', rows: Number(numAffectedRows) })
    }
  }
  return { redacted, untouched }
}

function holdOn(map: DataMap, table: string, column: string, holds: Holds) {
  const declared = map.tables[table]!.columns[column]!
  return declared.personal ? holds.get(declared.category) : undefined
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
