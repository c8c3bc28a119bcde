import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../domain/deps.ts'
import { ask } from '../domain/holders.ts'
import { acts, stoppedBy } from '../domain/requests/acts.ts'
import { findDetails } from '../domain/requests/find-details.ts'
import { isOwnReport } from '../domain/requests/is-own-report.ts'
import { passOnTo, findKnowing } from '../domain/requests/pass-on.ts'
import { insertNote } from '../store/request-notes.ts'
import { setStepDone } from '../store/request-steps.ts'
import { findRequest } from '../store/requests.ts'
import type { RequestRecord } from '../store/requests.ts'
import { holdLease } from './lease.ts'
import { inEach } from './steps.ts'
import type { Work } from './steps.ts'

/** Puts the right value in place of the wrong one. */
export async function correct(deps: Deps, work: Work): Promise<void> {
  const { subject } = work
  const { details } = await readRequest(deps, work)
  const correction = details?.correction
  await inEach(deps, work, 'corrected', async (holder) => {
    if (!correction) return {}
    const corrected = await ask(holder, (client) => client.correctSubject.mutate({ subject, ...correction }))
    return { corrected }
  })
}

/** Stops what the request stops. */
export async function restrict(deps: Deps, work: Work): Promise<void> {
  const { subject } = work
  const { request, details } = await readRequest(deps, work)
  const processing = stoppedBy(request.kind, details)
  const isOfMinor = acts[request.kind].does === 'protect-minor'
  await inEach(deps, work, 'restricted', async (holder) => {
    const restriction = { subject, requestId: request.id, processing }
    await ask(holder, (client) => client.restrictSubject.mutate(restriction))
    if (isOfMinor && holder.service === 'identity') await closeToMinor(deps, work, request)
    return {}
  })
}

/**
 * Ends the sessions of whoever is reported as a minor. An account for work ends at once where the person says so
 * themselves or a colleague vouches for it; at the word of a stranger it waits for the decision, or anybody could shut
 * out anybody.
 */
async function closeToMinor(deps: Deps, { claim, subject }: Work, request: RequestRecord): Promise<void> {
  const { tenantId, requestId } = claim
  const isSure =
    request.source === 'staff' ||
    (await asTenant(deps.db, tenantId, (trx) => isOwnReport(trx, deps, request)))
  const { visitorIds } = subject
  const accounts = { tenantId, userIds: isSure ? subject.userIds : [], visitorIds, remove: false }
  const { keptOwner } = await deps.identity.endAccounts.mutate(accounts)
  if (keptOwner) await noteKeptOwner(deps, { tenantId, requestId })
}

/** Ends what the request had stopped. */
export async function release(deps: Deps, work: Work): Promise<void> {
  const { requestId, tenantId } = work.claim
  await inEach(deps, work, 'released', async (holder) => {
    await ask(holder, (client) => client.releaseSubject.mutate({ tenantId, requestId }))
    return {}
  })
}

/** Closes the person's accounts and sessions to them. */
export async function deactivate(deps: Deps, work: Work): Promise<void> {
  const { tenantId, requestId } = work.claim
  const { userIds, visitorIds } = work.subject
  await inEach(
    deps,
    work,
    'deactivated',
    async () => {
      const accounts = { tenantId, userIds, visitorIds, remove: false }
      const { keptOwner } = await deps.identity.endAccounts.mutate(accounts)
      if (keptOwner) await noteKeptOwner(deps, { tenantId, requestId })
      return {}
    },
    ['identity'],
  )
}

/** Makes of one request asked of everybody a request at each business that knows the address. */
export async function passOn(deps: Deps, work: Work): Promise<void> {
  const { claim } = work
  const { requestId, tenantId } = claim
  const parent = await readRequest(deps, work)
  for (const knowing of await findKnowing(deps, work.subject)) {
    await passOnTo(deps, parent, knowing)
  }
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    await holdLease(trx, claim, now)
    await setStepDone(trx, { requestId, tenantId, service: 'privacy', step: 'passed-on', now, report: {} })
  })
}

/** A business always keeps an owner: that account ends with the business's. */
async function noteKeptOwner(
  deps: Deps,
  { tenantId, requestId }: { tenantId: string; requestId: string },
): Promise<void> {
  const note = { id: deps.newId(), requestId, tenantId, at: deps.clock.now(), staffId: null }
  await asTenant(deps.db, tenantId, (trx) =>
    insertNote(trx, { ...note, what: 'The last owner’s account ends with that of the business', note: null }),
  )
}

function readRequest(deps: Deps, { claim: { tenantId, requestId } }: Work) {
  return asTenant(deps.db, tenantId, async (trx) => {
    const request = (await findRequest(trx, requestId))!
    return { request, details: await findDetails(trx, deps, request) }
  })
}
