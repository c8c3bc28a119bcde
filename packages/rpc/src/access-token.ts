import { setTimeout as delay } from 'node:timers/promises'
import { roles } from '@candor/contracts/callers'
import type { Caller } from '@candor/contracts/callers'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import type { Clock } from '@candor/runtime/clock'
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { z } from 'zod'
import { ServiceError } from './service-error.ts'
import { rememberVerified } from './verified-tokens.ts'

export const tokenIssuer = 'candor'
export const tokenAudience = 'candor'

/** Claims of an access token (RFC 7519), a short-lived EdDSA JWT. They hold ids only. */
export const AccessClaims = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor'), tenant: z.uuid(), sub: z.uuid(), session: z.uuid() }),
  z.object({
    kind: z.literal('staff'),
    tenant: z.uuid(),
    sub: z.uuid(),
    session: z.uuid(),
    role: z.enum(roles),
    unbriefed: z.literal(true).optional(),
  }),
  z.object({ kind: z.literal('subject'), tenant: z.uuid(), sub: z.uuid() }),
])
export type AccessClaims = z.infer<typeof AccessClaims>

export type VerifyToken = (token: string) => Promise<VerifiedToken>

export interface VerifiedToken {
  readonly caller: Caller
  /** How much longer the token is good for. */
  readonly validForMs: number
}

/**
 * Verifies tokens without asking identity: its public keys are fetched once, and again when a token names an unknown
 * key, at most every `refetchAfterMs`. Algorithm, type, issuer and audience are fixed; nothing in the token chooses.
 */
export function createTokenVerifier(options: {
  fetchKeys: () => Promise<readonly PublicKey[]>
  clock: Clock
  refetchAfterMs?: number
}): VerifyToken {
  const { fetchKeys, clock, refetchAfterMs = 30_000 } = options
  let keys = new Map<string, Awaited<ReturnType<typeof importJWK>>>()
  let fetchedAt = -Infinity
  let triedAt = -Infinity
  let fetching: Promise<void> | undefined

  async function fetchOnce() {
    triedAt = performance.now()
    const fetched = await fetchKeys()
    keys = new Map(
      await Promise.all(fetched.map(async (key) => [key.kid, await importJWK(key, 'EdDSA')] as const)),
    )
    fetchedAt = performance.now()
  }

  /** Calls that come together share one question: made-up key ids must not become a flood at identity. */
  const refetch = () => (fetching ??= fetchOnce().finally(() => (fetching = undefined)))

  async function getKey(keyId: string) {
    const now = performance.now()
    if (!keys.has(keyId)) {
      if (now - fetchedAt > refetchAfterMs) await refetch()
    } else if (now - fetchedAt > forgetAfterMs && now - triedAt > refetchAfterMs) {
      // A key that was withdrawn is forgotten within minutes; with identity away the known ones go on, and nobody waits long.
      await Promise.race([refetch().catch(() => {}), delay(patienceMs, undefined, { ref: false })])
    }
    const key = keys.get(keyId)
    if (!key) throw new ServiceError('not-signed-in', 'the access token is signed by an unknown key')
    return key
  }

  const verified = rememberVerified()
  return async (token) => {
    const now = clock.now()
    const known = verified.find(token, now)
    const keyId = known?.keyId ?? readKeyId(token)
    const key = await getKey(keyId)
    if (known) return { caller: known.caller, validForMs: known.until - now.getTime() }
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['EdDSA'],
        typ: 'at+jwt',
        issuer: tokenIssuer,
        audience: tokenAudience,
        currentDate: now,
        requiredClaims: ['exp', 'iat', 'sub'],
      })
      const caller = toCaller(AccessClaims.parse(payload))
      const until = payload.exp! * 1_000
      verified.add(token, { keyId, caller, until })
      return { caller, validForMs: until - now.getTime() }
    } catch (cause) {
      throw new ServiceError('not-signed-in', 'the access token is expired or not valid', { cause })
    }
  }
}

const forgetAfterMs = 5 * 60_000
/** For keys that are known already. */
const patienceMs = 250

function readKeyId(token: string): string {
  try {
    const { kid } = decodeProtectedHeader(token)
    if (kid && kid.length < 100) return kid
  } catch {
    // Falls through to the same refusal: what is wrong with a forged token is nobody's business.
  }
  throw new ServiceError('not-signed-in', 'the access token is expired or not valid')
}

function toCaller(claims: AccessClaims): Caller {
  const { tenant: tenantId, sub } = claims
  if (claims.kind === 'subject') return { kind: 'subject', tenantId, requestId: sub }
  const sessionId = claims.session
  if (claims.kind === 'visitor') return { kind: 'visitor', tenantId, visitorId: sub, sessionId }
  const staff = { kind: 'staff', tenantId, userId: sub, role: claims.role, sessionId } as const
  return claims.unbriefed ? { ...staff, isUnbriefed: true } : staff
}
