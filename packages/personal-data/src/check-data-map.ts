import type { Kysely } from 'kysely'
import { readCatalogue, readTraces, readUnprotectedTables } from './catalogue.ts'
import type { DataMap } from './data-map.ts'
import { clockedTables } from './expiry-plan.ts'
import { readSweptTables } from './sweep-access.ts'
import { servesAllTenants } from './sweep-work.ts'

/**
 * Compares a map with the database it speaks of. Answers one sentence a problem: a column that exists and is not
 * declared, one declared that does not exist, a table with a person's own columns that any tenant could read, one
 * with a clock that no sweep can look into, and figures beside which something stands that could lead back.
 */
export async function checkDataMap(db: Kysely<any>, map: DataMap): Promise<string[]> {
  const catalogue = await readCatalogue(db)
  const real = new Set(catalogue.map(({ table, column }) => `${table}.${column}`))
  const declared = Object.entries(map.tables).flatMap(([table, { columns }]) =>
    Object.keys(columns).map((c) => `${table}.${c}`),
  )
  const undeclared = [...real].filter((column) => !declared.includes(column))
  const missing = declared.filter((column) => !real.has(column))
  const open = (await readUnprotectedTables(db)).filter((table) => {
    const { columns = {}, open: reason } = map.tables[table] ?? {}
    return !reason && Object.values(columns).some((column) => column.personal)
  })
  const swept = await readSweptTables(db)
  const unswept = clockedTables(map).filter(
    (table) => !servesAllTenants(map, table) && !map.tables[table]!.open && !swept.includes(table),
  )
  const leading = (await readTraces(db)).filter(({ table, column }) => {
    const { figures, tenant = 'tenant_id' } = map.tables[table] ?? {}
    return figures && column !== tenant && !figures.words.includes(column)
  })
  return [
    ...undeclared.map((column) => `${column} exists and is not declared`),
    ...missing.map((column) => `${column} is declared and does not exist`),
    ...open.map((table) => `${table} holds personal data without forced row-level security`),
    ...unswept.map((table) => `${table} has a clock and no policy that lets the sweep look for its tenants`),
    ...leading.map(({ table, column }) => `${table}.${column} could lead from figures back to somebody`),
  ]
}
