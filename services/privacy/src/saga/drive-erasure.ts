import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../domain/deps.ts'
import { HolderError } from '../domain/holders.ts'
import { findErasure } from '../store/erasures.ts'
import { listSteps } from '../store/request-steps.ts'
import { releaseClaim } from '../store/saga-queue.ts'
import type { Claim } from '../store/saga-queue.ts'
import { openSubject } from '../sealing/sealed-subject.ts'
import { completeErasure } from './complete-erasure.ts'
import { askAgainAt, HeldError } from './held-error.ts'
import { keepLease, LeaseLostError } from './lease.ts'
import type { SagaCounters } from './observe-saga.ts'
import { ResidueError } from './steps.ts'
import { erase, hide, locate, startNextRound, verify } from './steps.ts'
import type { Erasure } from './steps.ts'

/**
 * Takes one erasure as far as it goes now: find, hide, erase, search, and the receipt. Never throws; what could not be
 * done is tried again later, for as long as it takes.
 */
export async function driveErasure(
  given: Deps,
  counters: SagaCounters,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  const deps = { ...given, holders: given.patientHolders(claim.attempts) }
  const fields = { requestId: claim.requestId, attempts: claim.attempts }
  let { attempts } = claim
  try {
    using _ = keepLease(deps, claim)
    while (!signal.aborted) {
      if ((await advance(deps, counters, claim)) === 'completed') return
      attempts = 0
    }
    await releaseClaim(deps.db, claim, { dueAt: deps.clock.now(), attempts })
  } catch (err) {
    if (err instanceof LeaseLostError) return deps.log.info(fields, 'erasure is driven elsewhere')
    if (err instanceof HeldError) {
      const { holder, held } = err
      deps.log.info({ ...fields, holder, count: held.length }, 'erasure waits for a legal hold to end')
      const dueAt = askAgainAt(err, attempts, deps.clock.now())
      return releaseClaim(deps.db, claim, { dueAt, attempts }).catch(() => {})
    }
    const tries = err instanceof ResidueError ? err.round : attempts
    const retryInMs = Math.min(firstRetryMs * 2 ** tries, lastRetryMs)
    const holder = err instanceof HolderError || err instanceof ResidueError ? err.holder : 'privacy'
    counters.failures.inc({ holder })
    deps.log.warn({ ...fields, holder, retryInMs, err }, 'erasure is waiting')
    const dueAt = new Date(deps.clock.now().getTime() + retryInMs)
    // Where even this fails, the lease runs out by itself.
    await releaseClaim(deps.db, claim, { dueAt, attempts }).catch(() => {})
  }
}

const firstRetryMs = 250
const lastRetryMs = 60_000

/** Does the first step that is not done. */
async function advance(deps: Deps, counters: SagaCounters, claim: Claim): Promise<'advanced' | 'completed'> {
  const erasure = await loadErasure(deps, claim)
  if (!isDone(deps, erasure, 'located')) await locate(deps, erasure)
  else if (!isDone(deps, erasure, 'hidden')) await hide(deps, erasure)
  else if (!isDone(deps, erasure, 'erased')) await erase(deps, erasure)
  else if (!isDone(deps, erasure, 'verified')) await verifyOrAgain(deps, counters, erasure)
  else {
    const tookSeconds = await completeErasure(deps, erasure)
    counters.seconds.observe(tookSeconds)
    deps.log.info({ requestId: claim.requestId }, 'erasure completed')
    return 'completed'
  }
  return 'advanced'
}

/** A trace found begins another round: at once for the first few, for a late write loses that race soon. */
async function verifyOrAgain(deps: Deps, counters: SagaCounters, erasure: Erasure): Promise<void> {
  const found = await verify(deps, erasure)
  if (found.length === 0) return
  for (const { service, residue } of found) {
    counters.residues.inc({ holder: service })
    const { requestId } = erasure.claim
    for (const { table, rows } of residue)
      deps.log.warn({ requestId, holder: service, table, count: rows }, 'residue found')
  }
  await startNextRound(deps, erasure)
  if (erasure.round >= roundsAtOnceMax) throw new ResidueError(found[0]!.service, erasure.round)
}

const roundsAtOnceMax = 3

function loadErasure(deps: Deps, claim: Claim): Promise<Erasure> {
  const { requestId, tenantId } = claim
  return asTenant(deps.db, tenantId, async (trx) => {
    const erasure = await findErasure(trx, requestId)
    if (!erasure) throw new LeaseLostError()
    const subject = openSubject(deps.sealer, erasure.sealedSubject, tenantId, requestId)
    return { claim, subject, round: erasure.round, steps: await listSteps(trx, [requestId]) }
  })
}

function isDone(deps: Deps, { steps }: Erasure, step: string): boolean {
  return deps.holders.every(({ service }) =>
    steps.some((done) => done.step === step && done.service === service && done.doneAt),
  )
}
