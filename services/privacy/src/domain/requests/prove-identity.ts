import { timingSafeEqual } from 'node:crypto'
import type { privacy } from '@candor/contracts/privacy'
import type { InputOf, OutputOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { consumeProof, countFailure, findProof } from '../../store/proofs.ts'
import { lockRequest } from '../../store/requests.ts'
import type { Deps } from '../deps.ts'
import { tooMany } from '../throttle.ts'
import { acceptProof } from './accept-proof.ts'
import { hashProof } from './insert-opening.ts'

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

async function useProof(deps: Deps, tenantId: string, requestId: string): Promise<PrivacyRequest> {
  const rules = await deps.rulesOf(tenantId)
  return asTenant(deps.db, tenantId, async (trx) => {
    const request = await lockRequest(trx, requestId)
    if (request.state !== 'awaiting-proof') throw expired()
    if (!(await consumeProof(trx, requestId, deps.clock.now()))) throw expired()
    const proven = await acceptProof(trx, deps, { request, rules, how: 'mailed-link' })
    if (!proven) throw expired()
    return proven
  })
}

function wrongProof(): ServiceError {
  return new ServiceError('bad-credentials', 'this link does not prove the address')
}

function expired(): ServiceError {
  return new ServiceError('expired', 'this link was used before or is too old; open a new request')
}
