import { timingSafeEqual } from 'node:crypto'
import type { privacy } from '@candor/contracts/privacy'
import type { InputOf, OutputOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { consumeProof, countFailure, findProof } from '../store/proofs.ts'
import { lockRequest, setProven } from '../store/requests.ts'
import { findSealedAddress, lockPersonOfAddress, setPerson } from '../store/sealed-addresses.ts'
import type { Deps } from './deps.ts'
import { describeRequest } from './describe-request.ts'
import { oneMonthLater } from './one-month-later.ts'
import { hashProof } from './open-request.ts'
import { startServing } from './start-serving.ts'
import { tooMany } from './throttle.ts'

/**
 * Exchanges a mailed proof for a token. The token is fetched before the proof is used up, so that an identity service
 * that is away costs nobody their link.
 */
export async function proveIdentity(deps: Deps, input: InputOf<Row>): Promise<OutputOf<Row>> {
  const requestId = input.requestId.toLowerCase()
  const tenantId = await checkProof(deps, requestId, input.proof)
  const token = await deps.identity.issueSubjectToken.mutate({ tenantId, requestId })
  const request = await useProof(deps, tenantId, requestId)
  deps.alarm.ring()
  return { ...token, request }
}

type Row = (typeof privacy)['procedures']['proveIdentity']

/** Answers the tenant of the request. An unknown request is refused as a wrong proof is. */
async function checkProof(deps: Deps, requestId: string, secret: string): Promise<string> {
  const now = deps.clock.now()
  const proof = await findProof(deps.db, requestId)
  if (!proof) throw wrongProof()
  const since = new Date(now.getTime() - failureWindowMs)
  if (proof.failures >= failuresMax && proof.failedAt! > since) {
    throw tooMany(proof.failedAt!.getTime() + failureWindowMs - now.getTime())
  }
  if (!timingSafeEqual(proof.hash, hashProof(secret))) {
    await asTenant(deps.db, proof.tenantId, (trx) => countFailure(trx, requestId, since, now))
    throw wrongProof()
  }
  if (proof.usedAt || proof.expiresAt <= now) throw expired()
  return proof.tenantId
}

const failuresMax = 10
const failureWindowMs = 15 * 60_000

function useProof(deps: Deps, tenantId: string, requestId: string): Promise<PrivacyRequest> {
  const now = deps.clock.now()
  return asTenant(deps.db, tenantId, async (trx) => {
    const request = await lockRequest(trx, requestId)
    const address = await findSealedAddress(trx, requestId)
    if (request.state !== 'awaiting-proof' || !address) throw expired()
    if (!(await consumeProof(trx, requestId, now))) throw expired()
    const personId = (await lockPersonOfAddress(trx, address.hash)) ?? deps.newId()
    const proven = {
      ...request,
      state: 'in-progress',
      personId,
      provenAt: now,
      dueAt: oneMonthLater(now),
    } as const
    await setProven(trx, requestId, proven)
    await setPerson(trx, requestId, personId)
    await startServing(trx, deps, proven, deps.sealer.open(address.sealed, [tenantId, requestId]))
    return describeRequest(proven, [])
  })
}

function wrongProof(): ServiceError {
  return new ServiceError('bad-credentials', 'this link does not prove the address')
}

function expired(): ServiceError {
  return new ServiceError('expired', 'this link was used before or is too old; open a new request')
}
