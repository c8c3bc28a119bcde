import type { ServiceName } from '@candor/contracts/callers'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../domain/deps.ts'
import { ask } from '../domain/holders.ts'
import { hasErasures, lapseRequests } from '../store/open-requests.ts'
import { setStepDone } from '../store/request-steps.ts'
import { HeldError } from './held-error.ts'
import { holdLease } from './lease.ts'
import type { SagaCounters } from './observe-saga.ts'
import { inEach, ResidueError, startNextRound } from './steps.ts'
import type { Work } from './steps.ts'

/** Lets nobody of the business in any more. */
export async function shut(deps: Deps, work: Work): Promise<void> {
  const { tenantId } = work.claim
  const letNobodyIn = async () => {
    await deps.identity.closeBusiness.mutate({ tenantId })
    return {}
  }
  await inEach(deps, work, 'closed', letNobodyIn, ['identity'])
}

/**
 * Ends the requests of people at the business: nothing of theirs is left to answer about. Erasures that are under way
 * come to their receipts first.
 */
export async function settle(deps: Deps, { claim }: Work): Promise<void> {
  const { requestId, tenantId } = claim
  const now = deps.clock.now()
  const isSettled = await asTenant(deps.db, tenantId, async (trx) => {
    await holdLease(trx, claim, now)
    if (await hasErasures(trx, tenantId)) return false
    await lapseRequests(trx, { tenantId, except: requestId, now })
    await setStepDone(trx, { requestId, tenantId, service: 'privacy', step: 'settled', now, report: {} })
    return true
  })
  if (!isSettled) throw new Error('erasures of people of this business are under way')
}

/** Privacy comes last: what it knows of the business tells the others what is on hold. */
export async function eraseOthers(deps: Deps, work: Work): Promise<void> {
  await eraseIn(deps, work, ['identity', 'chat', 'billing', 'transcripts'])
}

export async function eraseOwn(deps: Deps, work: Work): Promise<void> {
  await eraseIn(deps, work, ['privacy'])
}

/** Only services in which nothing was found have this step done. */
export async function searchBusiness(deps: Deps, work: Work, counters: SagaCounters): Promise<void> {
  const { tenantId, requestId } = work.claim
  const found: ServiceName[] = []
  await inEach(deps, work, 'verified', async (holder) => {
    const { residue, columnsSearched } = await ask(holder, (client) =>
      client.searchTenant.query({ tenantId }),
    )
    if (residue.length === 0) return { columnsSearched }
    counters.residues.inc({ holder: holder.service })
    for (const { table, rows } of residue)
      deps.log.warn({ requestId, holder: holder.service, table, count: rows }, 'residue found')
    found.push(holder.service)
    return undefined
  })
  if (found.length === 0) return
  await startNextRound(deps, work)
  throw new ResidueError(found[0]!, work.round)
}

async function eraseIn(deps: Deps, work: Work, only: readonly ServiceName[]): Promise<void> {
  const { tenantId, requestId } = work.claim
  await inEach(
    deps,
    work,
    'erased',
    async (holder) => {
      for (;;) {
        const turn = await ask(holder, (client) => client.eraseTenant.mutate({ tenantId, requestId }))
        if (!turn.isDone) continue
        if (turn.held && turn.held.length > 0) throw new HeldError(holder.service, turn.held)
        return { kept: turn.kept, erased: turn.erased }
      }
    },
    only,
  )
}
