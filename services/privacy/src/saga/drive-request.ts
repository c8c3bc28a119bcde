import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../domain/deps.ts'
import { HolderError } from '../domain/holders.ts'
import { findErasure } from '../store/erasures.ts'
import { listSteps } from '../store/request-steps.ts'
import { releaseClaim } from '../store/saga-queue.ts'
import type { Claim } from '../store/saga-queue.ts'
import { openSubject } from '../sealing/sealed-subject.ts'
import { completeClosing } from './complete-closing.ts'
import { completeErasure } from './complete-erasure.ts'
import { finishWork } from './finish-work.ts'
import { askAgainAt, HeldError } from './held-error.ts'
import { keepLease, LeaseLostError } from './lease.ts'
import type { SagaCounters } from './observe-saga.ts'
import { plans } from './plans.ts'
import { ResidueError } from './steps.ts'
import type { Work } from './steps.ts'

/**
 * Takes the work of one request as far as it goes now: for an erasure find, hide, erase, search, and the receipt.
 * Never throws; what could not be done is tried again later, for as long as it takes.
 */
export async function driveRequest(
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
    if (err instanceof LeaseLostError) return deps.log.info(fields, 'request is driven elsewhere')
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
    deps.log.warn({ ...fields, holder, retryInMs, err }, 'request is waiting')
    const dueAt = new Date(deps.clock.now().getTime() + retryInMs)
    // Where even this fails, the lease runs out by itself.
    await releaseClaim(deps.db, claim, { dueAt, attempts }).catch(() => {})
  }
}

const firstRetryMs = 250
const lastRetryMs = 60_000

/** Does the first step that is not done. */
async function advance(deps: Deps, counters: SagaCounters, claim: Claim): Promise<'advanced' | 'completed'> {
  const work = await loadWork(deps, claim)
  const next = plans[work.plan].find((planned) => !isDone(work, planned))
  if (next) {
    await next.run(deps, work, counters)
    return 'advanced'
  }
  if (work.plan === 'erase') counters.seconds.observe(await completeErasure(deps, work))
  else if (work.plan === 'close') await completeClosing(deps, work)
  else await finishWork(deps, work)
  deps.log.info({ requestId: claim.requestId, plan: work.plan }, 'request carried out')
  return 'completed'
}

function loadWork(deps: Deps, claim: Claim): Promise<Work> {
  const { requestId, tenantId } = claim
  return asTenant(deps.db, tenantId, async (trx) => {
    const stored = await findErasure(trx, requestId)
    if (!stored) throw new LeaseLostError()
    const subject = openSubject(deps.sealer, stored.sealedSubject, tenantId, requestId)
    const { round, plan } = stored
    return { claim, subject, round, plan, steps: await listSteps(trx, [requestId]) }
  })
}

function isDone({ steps }: Work, { step, in: holders }: (typeof plans)[Work['plan']][number]): boolean {
  return holders.every((service) =>
    steps.some((done) => done.step === step && done.service === service && done.doneAt),
  )
}
