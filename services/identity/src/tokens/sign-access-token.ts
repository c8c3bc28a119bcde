import { tokenAudience, tokenIssuer } from '@candor/rpc/access-token'
import type { AccessClaims } from '@candor/rpc/access-token'
import { SignJWT } from 'jose'
import type { Deps } from '../domain/deps.ts'

/** Signs a short-lived access token; `rpc` holds the rules by which every service verifies it. */
export async function signAccessToken(
  { keys, clock }: Pick<Deps, 'keys' | 'clock'>,
  { sub, ...claims }: AccessClaims,
): Promise<{ accessToken: string; accessExpiresAt: string }> {
  const { keyId, privateKey } = await keys.getSigner()
  const issuedAt = Math.floor(clock.now().getTime() / 1000)
  const expiresAt = issuedAt + lifetimeSeconds[claims.kind]
  const accessToken = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keyId })
    .setSubject(sub)
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(privateKey)
  return { accessToken, accessExpiresAt: new Date(expiresAt * 1000).toISOString() }
}

/** A data subject has no refresh token, and reading what is held about one takes a while. */
const lifetimeSeconds = { staff: 600, visitor: 600, subject: 3_600 }
