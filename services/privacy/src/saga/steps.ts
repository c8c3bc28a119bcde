import type { ServiceName } from '@candor/contracts/callers'
import type { Residue, SubjectRef } from '@candor/contracts/data-holder'
import { holdsAt } from '@candor/personal-data/retention-rules'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../domain/deps.ts'
import { ask } from '../domain/holders.ts'
import type { Holder } from '../domain/holders.ts'
import { locateEverywhere } from '../domain/locate-everywhere.ts'
import { doesEndAccount } from '../domain/requests/acts.ts'
import { sealSubject } from '../sealing/sealed-subject.ts'
import { setRound, setSealedSubject } from '../store/erasures.ts'
import { reopenSteps, setStepDone } from '../store/request-steps.ts'
import type { StepRecord } from '../store/request-steps.ts'
import { findRequest } from '../store/requests.ts'
import type { Claim } from '../store/saga-queue.ts'
import type { Plan, Step, StepReport } from '../store/tables.ts'
import { HeldError } from './held-error.ts'
import { holdLease } from './lease.ts'

/** Work as its driver has it in hand. */
export interface Work {
  claim: Claim
  subject: SubjectRef
  round: number
  plan: Plan
  steps: StepRecord[]
}

/** Finds the person's ids everywhere, and seals them for the steps that follow. */
export async function locate(deps: Deps, { claim, subject }: Work): Promise<void> {
  const { requestId, tenantId } = claim
  const located = await locateEverywhere(deps.holders, subject)
  const sealedSubject = sealSubject(deps.sealer, located, requestId)
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    await holdLease(trx, claim, now)
    await setSealedSubject(trx, requestId, sealedSubject)
    for (const { service } of deps.holders) {
      await setStepDone(trx, { requestId, tenantId, service, step: 'located', now, report: {} })
    }
  })
}

export async function hide(deps: Deps, work: Work): Promise<void> {
  const { subject, claim } = work
  await inEach(deps, work, 'hidden', async (holder) => {
    await ask(holder, (client) => client.hideSubject.mutate({ subject, requestId: claim.requestId }))
    // Every id of the person has its tombstone, also where an earlier try that was cut short wrote it.
    return { buried: subject.visitorIds.length }
  })
}

export async function erase(deps: Deps, work: Work): Promise<void> {
  const { subject, claim } = work
  const { tenantId, requestId } = claim
  const request = (await asTenant(deps.db, tenantId, (trx) => findRequest(trx, requestId)))!
  const endsAccount = doesEndAccount(request)
  await inEach(deps, work, 'erased', async (holder) => {
    const report = await ask(holder, (client) =>
      client.eraseSubject.mutate({ subject, requestId: claim.requestId }),
    )
    if (report.held && report.held.length > 0) throw new HeldError(holder.service, report.held)
    if (holder.service === 'identity' && endsAccount) await removeAccount(deps, work)
    return { kept: report.kept, erased: report.erased }
  })
}

/** An account on hold stays as it is until that ends. */
async function removeAccount(deps: Deps, { subject, claim: { tenantId } }: Work): Promise<void> {
  const { userIds, visitorIds } = subject
  const holds = holdsAt(await deps.policies.of(tenantId), deps.clock.now())
  const held = holds
    .filter(({ category }) => category === 'staff-account')
    .map((hold) => ({ ...hold, table: 'users', rows: userIds.length }))
  if (held.length > 0) throw new HeldError('identity', held)
  await deps.identity.endAccounts.mutate({ tenantId, userIds, visitorIds, remove: true })
}

/** Answers where something was left; only services in which nothing was have this step done. */
export async function verify(
  deps: Deps,
  work: Work,
): Promise<{ service: ServiceName; residue: Residue[] }[]> {
  const found: { service: ServiceName; residue: Residue[] }[] = []
  await inEach(deps, work, 'verified', async (holder) => {
    const { residue, columnsSearched } = await ask(holder, (client) =>
      client.searchResidue.query({ subject: work.subject }),
    )
    if (residue.length === 0) return { columnsSearched }
    found.push({ service: holder.service, residue })
    return undefined
  })
  return found
}

/** All steps once more: what was left may have come with ids that nobody knew before. */
export async function startNextRound(deps: Deps, { claim, round }: Work): Promise<void> {
  const now = deps.clock.now()
  await asTenant(deps.db, claim.tenantId, async (trx) => {
    await holdLease(trx, claim, now)
    await setRound(trx, claim.requestId, round + 1)
    await reopenSteps(trx, claim.requestId)
  })
}

/** Does a step in the services that have not done it, side by side; each is recorded as soon as it answers. */
export async function inEach(
  deps: Deps,
  { claim, steps }: Work,
  step: Step,
  work: (holder: Holder) => Promise<StepReport | undefined>,
  only?: readonly ServiceName[],
): Promise<void> {
  const { requestId, tenantId } = claim
  const done = new Set(
    steps.filter((record) => record.step === step && record.doneAt).map((record) => record.service),
  )
  const results = await Promise.allSettled(
    deps.holders
      .filter(({ service }) => !done.has(service) && (only?.includes(service) ?? true))
      .map(async (holder) => {
        const report = await work(holder)
        if (!report) return
        const now = deps.clock.now()
        const record = { requestId, tenantId, service: holder.service, step, now, report }
        await asTenant(deps.db, tenantId, async (trx) => {
          await holdLease(trx, claim, now)
          await setStepDone(trx, record)
        })
      }),
  )
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

/** The search keeps finding something; the erasure stays open until it does not. */
export class ResidueError extends Error {
  override readonly name = 'ResidueError'
  /** How often a trace has been found: the longer it stays, the longer the next try waits. */
  readonly round: number
  readonly holder: ServiceName

  constructor(holder: ServiceName, round: number) {
    super(`something of the person was left in ${holder}`)
    this.holder = holder
    this.round = round
  }
}
