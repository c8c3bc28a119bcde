import type { CorrectableField } from '@candor/contracts/data-holder'
import { categoryIds } from '@candor/contracts/policy/categories'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Period } from '@candor/contracts/policy/period'

/**
 * Declares every column of a service's tables: technical, or personal with its category, whose it is and what erasure
 * does to it. Export, erasure, residual search, hiding and the record of processing follow from it; nothing about
 * personal data is written anywhere else. Throws on a map that contradicts itself.
 */
export function dataMap(service: string, tables: Record<string, TableMap>): DataMap {
  for (const [name, table] of Object.entries(tables)) checkTable(tables, name, table)
  for (const name of Object.keys(tables)) checkWayOut(tables, name)
  for (const name of Object.keys(tables)) checkExpiryEnds(tables, name)
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
  options: { of: SubjectKind; onErasure: Disposition; corrects?: CorrectableField },
): PersonalColumn {
  return { personal: true, category, ...options }
}

/** A column about people in which nobody can be found (GDPR article 11): no request reaches it, it ends by its period. */
export function unlinked(category: CategoryId, reason: string): PersonalColumn {
  return { personal: true, category, of: 'nobody', onErasure: keep(reason) }
}

/** Text in which somebody may be named by the way: an address is taken out of it when its person is erased. */
export function mentioning(category: CategoryId): PersonalColumn {
  return { personal: true, category, of: 'nobody', onErasure: 'anonymise' }
}

/**
 * Keeps a column after erasure because a law or contract says so: until some years after the year of `from` ends, until
 * the moment that stands in the column `at`, or for as long as the reason lasts.
 */
export function keep(reason: string, until: End | null = null): Disposition {
  return { keep: reason, until }
}

/** Keeps a column after erasure for as long as the notice keeps its category, because of the law that sets its term. */
export function keepByLaw(reason: string): Disposition {
  return { keep: reason, until: 'by-law' }
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
  /** Column from which retention counts, or several: the first that is filled. */
  readonly clock?: string | readonly string[]
  /** Columns that stand in the index in place of `clock`'s: never later than those, and seldom changed. */
  readonly soughtBy?: readonly string[]
  /** The category whose period a row lives by; needed where its columns are of several. */
  readonly record?: CategoryId
  /**
   * What is left of a category where the notice makes it anonymous: numbers, with days and words of fixed lists, and
   * nothing that leads back. Where it deletes they go by its period, if a clock says from when.
   */
  readonly figures?: { readonly of: CategoryId; readonly words: readonly string[] }
  /** Column that says by which channel a row came; without one, all came by chat. */
  readonly channel?: string
  /** Rows go with those of another table, in one transaction. */
  readonly expires?: TableLink
  /** A row stays while any row of that table belongs to it, and counts from the last of them. */
  readonly keptBy?: TableLink
  /** Rows go some time after `clock` whatever the policy says, because. */
  readonly after?: { readonly period: Period; readonly because: string }
  /** Why no clock runs: what the rows belong to. */
  readonly lives?: string
  /** How columns are emptied whose category ends before the row does. Those not named stay as long as the row. */
  readonly emptied?: Readonly<Record<string, 'null' | 'word'>>
  /** Column that the rows of one person share although their ids differ: whoever is found by one has them all. */
  readonly together?: string
  /** Whether its policies let a row be found by its address alone: that is how a proven person's businesses are found. */
  readonly foundByAddress?: boolean
  /**
   * Why rows stay when their business closes its account, and until when. Without it those stay of which a column is kept
   * until some end, and all others go.
   */
  readonly outlives?: { readonly reason: string; readonly until?: End }
  /** Function of the owner that deletes the rows of a closed business where the app role may not. */
  readonly forgottenBy?: string
  readonly columns: Readonly<Record<string, Column>>
}

/** `expires`: this table's `column` holds the other's `key`. `keptBy`: the other's `column` holds this one's `key`. */
export interface TableLink {
  readonly table: string
  readonly column: string
  readonly key: string
}

export type SubjectKind = 'visitor' | 'staff'

/** By the person's own ids in this table, or through the rows of another table that are theirs. */
export type SubjectLink =
  | { readonly by: Partial<Record<'emails' | 'visitorIds' | 'userIds', string>> }
  | { readonly through: string; readonly column: string; readonly key: string }

/** `anonymise` writes a fixed word, for columns that must not be null. */
export type Disposition = 'delete' | 'null' | 'anonymise' | { keep: string; until: End | null }

/** `by-law`: when the retention of its category ends. */
export type End = { readonly from: string; readonly years: number } | { readonly at: string } | 'by-law'

export type Column = TechnicalColumn | PersonalColumn
export interface TechnicalColumn {
  readonly personal: false
  /** Why the residual search passes it over. */
  readonly published?: string
}
export interface PersonalColumn {
  readonly personal: true
  readonly category: CategoryId
  readonly of: SubjectKind | 'nobody'
  readonly onErasure: Disposition
  /** The field a correction of which changes this column. */
  readonly corrects?: CorrectableField
}

function checkTable(tables: Record<string, TableMap>, name: string, table: TableMap): void {
  const has = (column: string, owner = table) => column in owner.columns
  const refuse = (problem: string) => {
    throw new Error(`data map, table ${name}: ${problem}`)
  }
  for (const [column, declared] of Object.entries(table.columns)) {
    if (!declared.personal) continue
    if (!categoryIds.includes(declared.category))
      refuse(`${column} is of a category that no notice gives a legal basis`)
    if (declared.of !== 'nobody' && !table.subjects?.[declared.of])
      refuse(`${column} is about a ${declared.of}, but no link says whose rows are whose`)
    const { onErasure } = declared
    const until = typeof onErasure === 'object' ? onErasure.until : null
    if (until === 'by-law' && !table.clock) refuse(`${column} is kept by law, but no clock runs`)
    if (until && until !== 'by-law' && !has('at' in until ? until.at : until.from))
      refuse(`${column} is kept from a column that is not there`)
  }
  for (const kind of ['visitor', 'staff'] as const) {
    const verbs = personalColumns(table, kind).map(([, column]) => column.onErasure)
    if (verbs.includes('delete') && verbs.some((verb) => verb !== 'delete')) {
      refuse(`erasing a ${kind} deletes the row, so no other column of theirs can stay`)
    }
    const link = table.subjects?.[kind]
    if (!link) continue
    if (table.together && !has(table.together))
      refuse(`puts together by ${table.together}, which is not a column`)
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
  checkExpiry(tables, table, refuse)
}

/** No personal column escapes: each has a clock, a parent it goes with, or a reason why it stays. */
function checkExpiry(
  tables: Record<string, TableMap>,
  table: TableMap,
  refuse: (problem: string) => void,
): void {
  const { clock, soughtBy = [], expires, keptBy, after, lives, emptied = {}, columns } = table
  const categories = new Set(
    Object.values(columns).flatMap((column) => (column.personal ? [column.category] : [])),
  )
  if (categories.size > 0 && !clock && !expires && !lives)
    refuse(
      'holds personal data and says neither from when it counts, nor with what it goes, nor why it stays',
    )
  if (lives && (clock || expires)) refuse('is to stay and to go')
  for (const column of [clock ?? [], soughtBy].flat())
    if (!(column in columns)) refuse(`counts retention from ${column}, which is not a column`)
  if (table.figures && categories.size > 0)
    refuse('has figures that are to lead to nobody, and somebody in them')
  if (clock && !after && !table.record && !table.figures && categories.size !== 1)
    refuse('counts retention and does not say by the period of which category')
  if (after && !clock) refuse('goes some time after nothing')
  for (const column of [...Object.keys(emptied), table.channel ?? []].flat())
    if (!(column in columns)) refuse(`speaks of ${column}, which is not a column`)
  if (expires && !(expires.column in columns)) refuse(`goes by ${expires.column}, which is not a column`)
  for (const [link, owner, end] of [
    [expires, expires?.table, expires?.key],
    [keptBy, keptBy?.table, keptBy?.column],
  ] as const) {
    if (!link) continue
    const other = tables[owner!]
    if (!other) refuse(`is tied to ${owner}, which is not a table`)
    else if (!Object.hasOwn(other.columns, end!)) refuse(`is tied to ${owner}.${end}, which is not a column`)
    else if (!other.clock && !other.expires) refuse(`is tied to ${owner}, which has no clock`)
  }
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

/** What goes with a parent goes, in the end, with a row that has a clock. */
function checkExpiryEnds(tables: Record<string, TableMap>, name: string): void {
  const passed = new Set([name])
  for (let next = tables[name]!.expires; next; next = tables[next.table]!.expires) {
    if (passed.has(next.table)) throw new Error(`data map, table ${name}: expires in a circle`)
    passed.add(next.table)
  }
}

export function personalColumns(table: TableMap, kind: SubjectKind): [string, PersonalColumn][] {
  return Object.entries(table.columns).filter(
    (entry): entry is [string, PersonalColumn] => entry[1].personal && entry[1].of === kind,
  )
}
