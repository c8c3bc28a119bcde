import type { CategoryId } from '@candor/contracts/policy/categories'

/**
 * Declares every column of a service's tables: technical, or personal with its category, whose it is and what erasure
 * does to it. Export, erasure, residual search, hiding and the record of processing follow from it; nothing about
 * personal data is written anywhere else. Throws on a map that contradicts itself.
 */
export function dataMap(service: string, tables: Record<string, TableMap>): DataMap {
  for (const [name, table] of Object.entries(tables)) checkTable(tables, name, table)
  for (const name of Object.keys(tables)) checkWayOut(tables, name)
  return { service, tables }
}

/** A table whose rows belong to nobody in particular. */
export function technicalTable(...columns: string[]): TableMap {
  return { columns: Object.fromEntries(columns.map((column) => [column, technical])) }
}

export const technical: TechnicalColumn = { personal: false }

/** What a business says of itself in public: nobody's to erase, even where it contains somebody's address. */
export function published(reason: string): TechnicalColumn {
  return { personal: false, published: reason }
}

/** A column about a person. `of` names which of the table's subjects. */
export function personal(
  category: CategoryId,
  options: { of: SubjectKind; onErasure: Disposition },
): PersonalColumn {
  return { personal: true, category, ...options }
}

/**
 * Keeps a column after erasure because a law or contract says so: until some years after the year of `from` ends, or
 * for as long as the reason lasts.
 */
export function keep(reason: string, until: { from: string; years: number } | null = null): Disposition {
  return { keep: reason, until }
}

export interface DataMap {
  readonly service: string
  readonly tables: Readonly<Record<string, TableMap>>
}

export interface TableMap {
  /** Column of the tenant, `tenant_id` unless said otherwise; null where the table serves all tenants at once. */
  readonly tenant?: string | null
  /** How the rows of a person are found, one way for each kind of person the table tells of. */
  readonly subjects?: Partial<Record<SubjectKind, SubjectLink>>
  /** Why the table has no row-level security although a column is personal; only ids can be left so. */
  readonly open?: string
  /** Column from which retention counts. */
  readonly clock?: string
  readonly columns: Readonly<Record<string, Column>>
}

export type SubjectKind = 'visitor' | 'staff'

/** By the person's own ids in this table, or through the rows of another table that are theirs. */
export type SubjectLink =
  | { readonly by: Partial<Record<'emails' | 'visitorIds' | 'userIds', string>> }
  | { readonly through: string; readonly column: string; readonly key: string }

/** `anonymise` writes a fixed word, for columns that must not be null. */
export type Disposition =
  | 'delete'
  | 'null'
  | 'anonymise'
  | { keep: string; until: { from: string; years: number } | null }

export type Column = TechnicalColumn | PersonalColumn
export interface TechnicalColumn {
  readonly personal: false
  /** Why the residual search passes it over. */
  readonly published?: string
}
export interface PersonalColumn {
  readonly personal: true
  readonly category: CategoryId
  readonly of: SubjectKind
  readonly onErasure: Disposition
}

function checkTable(tables: Record<string, TableMap>, name: string, table: TableMap): void {
  const has = (column: string, owner = table) => column in owner.columns
  const refuse = (problem: string) => {
    throw new Error(`data map, table ${name}: ${problem}`)
  }
  for (const [column, declared] of Object.entries(table.columns)) {
    if (!declared.personal) continue
    if (!table.subjects?.[declared.of])
      refuse(`${column} is about a ${declared.of}, but no link says whose rows are whose`)
    const { onErasure } = declared
    if (typeof onErasure === 'object' && onErasure.until && !has(onErasure.until.from))
      refuse(`${column} is kept from a column that is not there`)
  }
  for (const kind of ['visitor', 'staff'] as const) {
    const verbs = personalColumns(table, kind).map(([, column]) => column.onErasure)
    if (verbs.includes('delete') && verbs.some((verb) => verb !== 'delete')) {
      refuse(`erasing a ${kind} deletes the row, so no other column of theirs can stay`)
    }
    const link = table.subjects?.[kind]
    if (!link) continue
    const { tenant = 'tenant_id' } = table
    if (tenant !== null && !has(tenant)) refuse(`has no column ${tenant} that says whose tenant's it is`)
    const own = 'by' in link ? Object.values(link.by) : [link.column]
    if (own.length === 0) refuse(`links a ${kind} by nothing`)
    for (const column of own) if (!has(column)) refuse(`links by ${column}, which is not a column`)
    if (!('through' in link)) continue
    const parent = tables[link.through]
    if (!parent?.subjects?.[kind]) refuse(`links through ${link.through}, which has no ${kind}`)
    else if (!has(link.key, parent)) refuse(`links to ${link.through}.${link.key}, which is not a column`)
  }
  if (table.clock && !has(table.clock)) refuse(`counts retention from ${table.clock}, which is not a column`)
}

/** Links must end at a table that knows the person itself. */
function checkWayOut(tables: Record<string, TableMap>, name: string): void {
  for (const kind of ['visitor', 'staff'] as const) {
    const passed = new Set<string>()
    let link = tables[name]!.subjects?.[kind]
    while (link && 'through' in link) {
      if (passed.has(link.through)) throw new Error(`data map, table ${name}: links in a circle`)
      passed.add(link.through)
      link = tables[link.through]!.subjects?.[kind]
    }
  }
}

export function personalColumns(table: TableMap, kind: SubjectKind): [string, PersonalColumn][] {
  return Object.entries(table.columns).filter(
    (entry): entry is [string, PersonalColumn] => entry[1].personal && entry[1].of === kind,
  )
}
