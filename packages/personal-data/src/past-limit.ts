import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Period } from '@candor/contracts/policy/period'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { DataMap, TableLink, TableMap } from './data-map.ts'
import { dependentsOf, emptiedColumns, recordOf, unitCategories } from './expiry-plan.ts'
import { erasedWord } from './erased-word.ts'
import { latestStart } from './latest-start.ts'
import type { Life, RetentionTerms } from './retention-rules.ts'

/**
 * SQL condition that holds for the rows of `table` that go: the period of their record is over and no hold is on
 * anything they consist of. Sweep, preview and metric all ask this one. undefined: none goes under these terms.
 */
export function goes(map: DataMap, table: string, terms: RetentionTerms): RawBuilder<boolean> | undefined {
  const declared = map.tables[table]!
  if (unitCategories(map, table).some((category) => terms.held.has(category))) return undefined
  const past = isPast(map, table, lifeOf(declared, terms), terms.asOf)
  if (!past || !declared.keptBy) return past
  const { keptBy } = declared
  const childGoes = goes(map, keptBy.table, terms) ?? sql<boolean>`false`
  return sql<boolean>`(${past} and not exists (
    select from ${sql.table(keptBy.table)} where ${isChild(map, table, keptBy)} and (${childGoes}) is not true))`
}

/**
 * SQL condition that holds for the rows of `table` of which columns of `category` are to be emptied, here or in what
 * goes with it, because its period is over while the row stays.
 */
export function isToEmpty(
  map: DataMap,
  table: string,
  category: CategoryId,
  terms: RetentionTerms,
): RawBuilder<boolean> | undefined {
  if (terms.held.has(category)) return undefined
  const past = isPast(map, table, terms.retention[category], terms.asOf)
  const filled = isFilled(map, table, category)
  if (!past || !filled) return undefined
  return sql<boolean>`(${past} and ${filled} and (${goes(map, table, terms) ?? sql`false`}) is not true)`
}

/**
 * SQL time at which a row's life is over; null for a row that has not begun to count. What others keep lives by the
 * channel of each of them: a contact as long as the mail of theirs would, though they also called.
 */
export function limitOf(map: DataMap, table: string, life: Life): RawBuilder<Date | null> {
  const { keptBy, clock } = map.tables[table]!
  const own = ownLimit(map, table, life)
  if (!keptBy || !clock) return sql<Date | null>`(${own} at time zone 'UTC')`
  const theirs = sql`(
    select max(coalesce(${ownLimit(map, keptBy.table, life)}, 'infinity')) from ${sql.table(keptBy.table)}
    where ${isChild(map, table, keptBy)})`
  return sql<Date | null>`(nullif(greatest(${own}, case when ${own} is not null then ${theirs} end), 'infinity') at time zone 'UTC')`
}

/** SQL time, in UTC without a zone, at which the period ends that counts from the table's own clock. */
function ownLimit(map: DataMap, table: string, life: Life): RawBuilder<Date | null> {
  const { channel } = map.tables[table]!
  return sql<Date | null>`(${countsFrom(map, table, life.yearEnd)} + ${intervalSql(life, channel && column(table, channel))})`
}

/** The period that rows of a table live by: fixed, or that of their record's category. */
export function lifeOf(table: TableMap, terms: RetentionTerms): Life | undefined {
  if (table.after) return { period: table.after.period, byChannel: {}, yearEnd: null, disposition: 'delete' }
  const record = recordOf(table)
  const life = record && terms.retention[record]
  return table.figures && life?.disposition === 'anonymise' ? undefined : life
}

/** What a column is emptied to. */
export function emptyValue(to: 'null' | 'word'): RawBuilder<unknown> {
  return to === 'null' ? sql`null` : sql`${erasedWord}`
}

/** SQL condition on `table` that a column of the category holds something, in the row or in what goes with it. */
export function isFilled(map: DataMap, table: string, category: CategoryId): RawBuilder<boolean> | undefined {
  const own = emptiedColumns(map.tables[table]!, category).map(
    ({ name, to }) => sql<boolean>`${column(table, name)} is distinct from ${emptyValue(to)}`,
  )
  const theirs = dependentsOf(map, table).flatMap((follower) => {
    const filled = isFilled(map, follower.table, category)
    if (!filled) return []
    return [
      sql<boolean>`exists (select from ${sql.table(follower.table)} where ${isChild(map, table, follower)} and ${filled})`,
    ]
  })
  const all = [...own, ...theirs]
  return all.length === 0 ? undefined : sql<boolean>`(${sql.join(all, sql` or `)})`
}

function isPast(
  map: DataMap,
  table: string,
  life: Life | undefined,
  asOf: Date,
): RawBuilder<boolean> | undefined {
  const periods = life ? [life.period, ...Object.values(life.byChannel)].filter((period) => !!period) : []
  if (!life || periods.length === 0) return undefined
  const latest = new Date(Math.max(...periods.map((period) => latestStart(asOf, period).getTime())))
  return sql<boolean>`(${soughtBy(map, table)} <= ${latest} and ${limitOf(map, table, life)} <= ${asOf})`
}

/** The table's own clock. */
export function clockOf(map: DataMap, table: string): RawBuilder<Date | null> {
  return firstFilled(table, map.tables[table]!.clock!)
}

/** A time not later than the clock's, in the words of the table's index. */
export function soughtBy(map: DataMap, table: string): RawBuilder<Date | null> {
  const { soughtBy: columns, clock } = map.tables[table]!
  return firstFilled(table, columns ?? clock!)
}

function firstFilled(table: string, names: string | readonly string[]): RawBuilder<Date | null> {
  const columns = [names].flat().map((name) => column(table, name))
  return columns.length === 1 ? sql`${columns[0]}` : sql`coalesce(${sql.join(columns)})`
}

/** From when a row counts by its own clock, in UTC without a zone: not before the year ends, where that is said. */
function countsFrom(
  map: DataMap,
  table: string,
  yearEnd: string | null | undefined,
): RawBuilder<Date | null> {
  const at = sql<Date | null>`(${clockOf(map, table)} at time zone 'UTC')`
  if (!yearEnd) return at
  const [month, day] = yearEnd.split('-').map(Number)
  const endIn = (year: RawBuilder<unknown>) =>
    sql`(make_date(${year}::int, ${month}::int, ${day}::int) + 1)::timestamp`
  const year = sql`extract(year from ${at})`
  return sql`(case when ${at} < ${endIn(year)} then ${endIn(year)} else ${endIn(sql`(${year} + 1)`)} end)`
}

function intervalSql(
  { period, byChannel }: Life,
  channel: RawBuilder<unknown> | undefined | '',
): RawBuilder<unknown> {
  const usual = period ? lengthSql(period) : sql`null::interval`
  if (!channel) return byChannel.chat ? lengthSql(byChannel.chat) : usual
  const own = Object.entries(byChannel).flatMap(([name, length]) =>
    length ? [sql`when ${channel} = ${name} then ${lengthSql(length)}`] : [],
  )
  return own.length === 0 ? usual : sql`(case ${sql.join(own, sql` `)} else ${usual} end)`
}

function lengthSql({ years = 0, months = 0, days = 0 }: Period): RawBuilder<unknown> {
  return sql`make_interval(years => ${years}::int, months => ${months}::int, days => ${days}::int)`
}

/** SQL condition that ties a row of the linked table to one of `table`. */
export function isChild(map: DataMap, table: string, link: TableLink): RawBuilder<boolean> {
  const [mine, theirs] = [map.tables[table]!, map.tables[link.table]!].map(
    ({ tenant = 'tenant_id' }) => tenant,
  )
  const sameTenant = mine && theirs ? sql`${column(link.table, theirs)} = ${column(table, mine)} and ` : sql``
  return sql<boolean>`${sameTenant}${column(link.table, link.column)} = ${column(table, link.key)}`
}

function column(table: string, name: string): RawBuilder<unknown> {
  return sql.ref(`${table}.${name}`)
}
