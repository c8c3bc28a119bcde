import type { SubjectRef } from '@candor/contracts/data-holder'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { DataMap, SubjectKind } from './data-map.ts'

/** SQL condition that holds for the rows of `table` that are about the person, as one kind of person. */
export function rowsOf(
  map: DataMap,
  table: string,
  kind: SubjectKind,
  subject: SubjectRef,
): RawBuilder<boolean> {
  const { subjects, together, tenant = 'tenant_id' } = map.tables[table]!
  const link = subjects?.[kind]
  if (!link) return sql<boolean>`false`
  const mine = tenant === null ? sql`true` : sql`${sql.ref(tenant)} = ${subject.tenantId}`
  if ('through' in link) {
    const parents = rowsOf(map, link.through, kind, subject)
    const key = sql.ref(link.key)
    return sql<boolean>`(${mine} and ${sql.ref(link.column)} in (select ${key} from ${sql.table(link.through)} where ${parents}))`
  }
  const ways = Object.entries(link.by).map(([ids, column]) =>
    ids === 'emails'
      ? sql`lower(${sql.ref(column)}) = any(${subject.emails.map((email) => email.toLowerCase())}::text[])`
      : sql`${sql.ref(column)} = any(${subject[ids as 'visitorIds' | 'userIds']}::uuid[])`,
  )
  const found = sql<boolean>`(${mine} and (${sql.join(ways, sql` or `)}))`
  if (!together) return found
  const shared = sql.ref(together)
  return sql<boolean>`(${mine} and ${shared} in (select ${shared} from ${sql.table(table)} where ${found}))`
}

/** Tables with a row to erase before those they lead to: children before the parents they are found through. */
export function childrenFirst(map: DataMap): string[] {
  const parentsFirst = new Set<string>()
  const visit = (name: string) => {
    for (const link of Object.values(map.tables[name]!.subjects ?? {}))
      if ('through' in link) visit(link.through)
    parentsFirst.add(name)
  }
  Object.keys(map.tables).forEach(visit)
  return [...parentsFirst].toReversed()
}
