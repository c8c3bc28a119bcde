import type { Role } from '@candor/contracts/callers'
import type { Tokens } from '@candor/contracts/identity/schemas'
import type { Transaction } from 'kysely'
import { insertRefreshToken } from '../store/refresh-tokens.ts'
import { insertSession } from '../store/sessions.ts'
import type { Database } from '../store/tables.ts'
import { newSecret, secretHash } from '../tokens/secret.ts'
import { signAccessToken } from '../tokens/sign-access-token.ts'
import { isUnbriefed } from './check-briefing.ts'
import type { Deps } from './deps.ts'

/** Opens a session with its first refresh token, as part of the transaction that entitles its holder to one. */
export async function openSession(
  trx: Transaction<Database>,
  deps: Deps,
  holder: Holder,
): Promise<OpenSession> {
  const createdAt = deps.clock.now()
  const { tenantId } = holder
  const sessionId = deps.newId()
  const refreshToken = newSecret()
  const expiresAt = new Date(createdAt.getTime() + sessionLifetimeMs)
  await insertSession(trx, { id: sessionId, holder, createdAt, expiresAt })
  await insertRefreshToken(trx, { hash: secretHash(refreshToken), tenantId, sessionId, createdAt })
  return { sessionId, holder, refreshToken }
}

/** However often it is renewed; after it one signs in again. */
const sessionLifetimeMs = 30 * 86_400_000

/** The tokens of a session, once the transaction that opened or renewed it has committed. */
export async function issueTokens(
  deps: Deps,
  { sessionId, holder, refreshToken }: OpenSession,
): Promise<Tokens> {
  const { tenantId: tenant } = holder
  const unbriefed =
    holder.kind === 'staff' && (await isUnbriefed(deps, holder)) ? { unbriefed: true as const } : {}
  const access = await signAccessToken(
    deps,
    holder.kind === 'staff'
      ? { kind: 'staff', tenant, sub: holder.userId, session: sessionId, role: holder.role, ...unbriefed }
      : { kind: 'visitor', tenant, sub: holder.visitorId, session: sessionId },
  )
  return { ...access, refreshToken }
}

export interface OpenSession {
  sessionId: string
  holder: Holder
  refreshToken: string
}

export type Holder =
  | { kind: 'staff'; tenantId: string; userId: string; role: Role }
  | { kind: 'visitor'; tenantId: string; visitorId: string }
