import type { Deps } from '../domain/deps.ts'
import type { SagaCounters } from './observe-saga.ts'
import { ResidueError, startNextRound, verify } from './steps.ts'
import type { Work } from './steps.ts'

/** A trace found begins another round: at once for the first few, for a late write loses that race soon. */
export async function verifyOrAgain(deps: Deps, work: Work, counters: SagaCounters): Promise<void> {
  const found = await verify(deps, work)
  if (found.length === 0) return
  for (const { service, residue } of found) {
    counters.residues.inc({ holder: service })
    const { requestId } = work.claim
    for (const { table, rows } of residue)
      deps.log.warn({ requestId, holder: service, table, count: rows }, 'residue found')
  }
  await startNextRound(deps, work)
  if (work.round >= roundsAtOnceMax) throw new ResidueError(found[0]!.service, work.round)
}

const roundsAtOnceMax = 3
