import { clauses } from '@candor/policy/clauses'
import type { ClauseId } from '@candor/policy/packs'
import type { Sabotage } from './sabotage.ts'

export const againsts = ['own', 'packs', 'all'] as const

/**
 * What an enforcement that is switched off is played against: the promises it says it breaks, all of the packs that make
 * them, or all there are.
 */
export type Against = (typeof againsts)[number]

/** Those of the wanted clauses to play. None where the enforcement says nothing of them, unless all are asked for. */
export function clausesAgainst(
  { breaks }: Pick<Sabotage, 'breaks'>,
  against: Against,
  wanted: readonly string[],
): string[] {
  if (against === 'all') return [...wanted]
  const own = wanted.filter((clause) => breaks.includes(clause as ClauseId))
  if (against === 'own') return own
  const packs = new Set(own.map(packOf))
  return wanted.filter((clause) => packs.has(packOf(clause)))
}

function packOf(clause: string): string {
  return clauses[clause as ClauseId].pack
}
