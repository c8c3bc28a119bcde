import type { PackId } from '@candor/contracts/policy/tenant-rules'
import type { Clause, Pack } from './pack.ts'
import { packs } from './packs.ts'
import type { ClauseId } from './packs.ts'

/** Every promise of every pack, by its id. */
export const clauses = Object.fromEntries(
  Object.values<Pack>(packs).flatMap((pack) =>
    pack.clauses.map((clause) => [clause.id, { ...clause, pack: pack.id }]),
  ),
) as Record<ClauseId, Clause<ClauseId> & { readonly pack: PackId }>

export const clauseIds = Object.keys(clauses) as ClauseId[]
