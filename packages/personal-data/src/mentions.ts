import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { CatalogueColumn } from './catalogue.ts'

/**
 * SQL condition that holds where `text` names one of `needles`. An address counts only where it stands for itself:
 * `ada@example.org` is no part of `mada@example.org`, which is somebody else's.
 */
export function mentions(text: RawBuilder<unknown>, needles: readonly string[]): RawBuilder<boolean> {
  const lower = needles.map((needle) => needle.toLowerCase())
  return sql<boolean>`exists (
    select from unnest(${lower}::text[], ${lower.map(pattern)}::text[]) as sought (needle, pattern)
    where position(needle in lower(${text})) > 0 and lower(${text}) ~ pattern)`
}

/**
 * SQL condition that holds where `column` may name one of `needles`, by the cheapest test its type allows: `mentions`
 * says whether it does.
 */
export function mayMention(
  text: RawBuilder<unknown>,
  kind: CatalogueColumn['kind'],
  needles: readonly string[],
): RawBuilder<boolean> {
  if (kind === 'nameless') return sql<boolean>`false`
  if (kind === 'uuid') {
    const ids = needles.filter((needle) => uuid.test(needle))
    return sql<boolean>`${text} = any (${ids}::uuid[])`
  }
  const parts = needles.map((needle) => `%${needle.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`)
  return sql<boolean>`lower(${text}::text) like any (${parts}::text[])`
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A PostgreSQL regular expression that matches an id anywhere, and an address where no longer one surrounds it. */
export function pattern(needle: string): string {
  const literal = needle.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  if (!needle.includes('@')) return literal
  return `(?<![[:alnum:]][._%+-]*)${literal}(?![[:alnum:]]|\\.[[:alnum:]])`
}
