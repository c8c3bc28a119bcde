import { sql } from 'kysely'
import type { Kysely } from 'kysely'

export interface CatalogueColumn {
  table: string
  column: string
  isText: boolean
  /** Numbers, truth values and times name nobody. */
  kind: 'text' | 'uuid' | 'nameless' | 'other'
}

/** Every column of every table as PostgreSQL knows it. Partitions are read through their parent. */
export async function readCatalogue(db: Kysely<any>): Promise<CatalogueColumn[]> {
  const { rows } = await sql<CatalogueColumn>`
    select c.relname as table, a.attname as column, a.atttypid = 'text'::regtype as "isText",
      case when t.typcategory = 'S' then 'text' when t.oid = 'uuid'::regtype then 'uuid'
        when t.typcategory in ('B', 'D', 'N', 'T') then 'nameless' else 'other' end as kind
    from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and c.relname not like 'kysely_%'
    order by 1, a.attnum`.execute(db)
  return rows
}

/** Columns by which a row could be joined with another, or its moment known: all but numbers, days and what these make. */
export async function readTraces(db: Kysely<any>): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and t.typcategory not in ('N', 'B') and t.oid <> 'date'::regtype`.execute(db)
  return rows
}

/** Tables whose row-level security, or that of one of their partitions, is not both on and forced. */
export async function readUnprotectedTables(db: Kysely<any>): Promise<string[]> {
  const { rows } = await sql<{ table: string }>`
    select distinct coalesce(pg_partition_root(oid)::regclass::text, relname) as table from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not (relrowsecurity and relforcerowsecurity) and relname not like 'kysely_%'`.execute(db)
  return rows.map(({ table }) => table)
}
