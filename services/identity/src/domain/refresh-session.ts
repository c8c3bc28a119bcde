import type { Tokens } from '@candor/contracts/identity/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { asLookup, enterTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { findRefreshToken, insertRefreshToken, markRefreshTokenUsed } from '../store/refresh-tokens.ts'
import type { StoredRefreshToken } from '../store/refresh-tokens.ts'
import { lockSession, markSessionUsed, revokeSession } from '../store/sessions.ts'
import type { SessionHolder } from '../store/sessions.ts'
import type { Database } from '../store/tables.ts'
import { findUser } from '../store/users.ts'
import { secretHash, successorOf } from '../tokens/secret.ts'
import type { Deps } from './deps.ts'
import { issueTokens } from './open-session.ts'
import type { Holder, OpenSession } from './open-session.ts'

/**
 * Exchanges a refresh token for the next one. The session's row is locked meanwhile, so that however many come with
 * one token at once there is one successor. Staff get the role they have now.
 */
export async function refreshSession(
  deps: Deps,
  { refreshToken }: { refreshToken: string },
): Promise<Tokens> {
  const hash = secretHash(refreshToken)
  const renewed = await asLookup(deps.db, hash, async (trx) => {
    const token = await findRefreshToken(trx, hash)
    if (!token) return undefined
    await enterTenant(trx, token.tenantId)
    return renew(trx, deps, token, successorOf(deps.refreshKey, refreshToken))
  })
  if (!renewed) throw new ServiceError('bad-credentials', 'the session has ended; sign in again')
  return issueTokens(deps, renewed)
}

async function renew(
  trx: Transaction<Database>,
  deps: Deps,
  { hash, tenantId, sessionId }: StoredRefreshToken,
  successor: string,
): Promise<OpenSession | undefined> {
  const now = deps.clock.now()
  const session = await lockSession(trx, { tenantId, sessionId, now })
  const holder = session && (await findHolder(trx, session))
  if (!holder) return undefined
  // What stood there before the lock was ours may have changed.
  const usedAt = (await findRefreshToken(trx, hash))!.usedAt
  const successorHash = secretHash(successor)
  if (!usedAt) {
    await markRefreshTokenUsed(trx, hash, now)
    await insertRefreshToken(trx, { hash: successorHash, tenantId, sessionId, createdAt: now })
    await markSessionUsed(trx, { tenantId, sessionId }, now)
  } else if (!(await mayRepeat(trx, successorHash, usedAt, now))) {
    await revokeSession(trx, { tenantId, sessionId }, now)
    deps.reusedTokens.inc()
    deps.log.warn({ tenantId, reason: 'reuse' }, 'a spent refresh token came back; its session is revoked')
    return undefined
  }
  return { sessionId, holder, refreshToken: successor }
}

/** A client whose answer was lost asks again at once, and can't have used what it never received. */
async function mayRepeat(
  trx: Transaction<Database>,
  successorHash: string,
  usedAt: Date,
  now: Date,
): Promise<boolean> {
  if (now.getTime() - usedAt.getTime() > repeatWithinMs) return false
  const successor = await findRefreshToken(trx, successorHash)
  return successor !== undefined && !successor.usedAt
}

const repeatWithinMs = 10_000

async function findHolder(trx: Transaction<Database>, session: SessionHolder): Promise<Holder | undefined> {
  if (session.kind === 'visitor') return session
  const user = await findUser(trx, session)
  return user && { ...session, role: user.role }
}
