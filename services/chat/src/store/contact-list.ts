import type { ListedContact } from '@candor/contracts/chat/schemas'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { contactColumns, toContact } from './contacts.ts'
import type { ContactRow } from './contacts.ts'
import type { Database } from './tables.ts'

/** A page of contacts by name; those that follow `afterId`. */
export async function listContacts(
  trx: Transaction<Database>,
  filter: { tenantId: string; search: string; afterId: string | undefined; limit: number },
): Promise<ListedContact[]> {
  const { tenantId, search, afterId, limit } = filter
  const like = `%${search.replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const digits = isNumber.test(search) ? search.replaceAll(/\D/g, '') : ''
  const found = search
    ? sql`(k.name ilike ${like} or k.email ilike ${like} or k.details::text ilike ${like}
        or (${digits} <> '' and regexp_replace(k.phone, '\\D', '', 'g') like ${`%${digits}%`})
        or exists (select from contacts o where o.tenant_id = k.tenant_id and o.person_id = k.id and o.email ilike ${like}))`
    : sql`true`
  const after = afterId
    ? sql`(${sortKey}, k.id) > (select ${sortKey}, k.id from contacts k where k.tenant_id = ${tenantId} and k.id = ${afterId})`
    : sql`true`
  const { rows } = await sql<ListedRow>`
    select ${contactColumns}, (
        select count(*)::int from conversations c where c.tenant_id = k.tenant_id and c.contact_id = k.id) as conversations,
      array(select distinct o.person_id from contacts o
        where o.tenant_id = k.tenant_id and o.person_id <> k.id
          and (lower(o.email) = lower(k.email) or o.phone = k.phone)) as same_as
    from contacts k
    where k.tenant_id = ${tenantId} and k.merged_into is null and ${found}
      and ${after}
    order by ${sortKey}, k.id limit ${limit}`.execute(trx)
  return rows.map((row) => ({
    ...toContact(row),
    conversations: row.conversations,
    sameAs: row.same_as,
  }))
}

/** What is looked for is a number only where it is written like one. */
const isNumber = /^[\d\s()+./-]*(?:\d[\s()+./-]*){3}$/

/** Those without a name come last, by their address. */
const sortKey = sql`(lower(coalesce(k.name, ${'\u{10ffff}'} || coalesce(k.email, ''))) collate "C")`

interface ListedRow extends ContactRow {
  conversations: number
  same_as: string[]
}
