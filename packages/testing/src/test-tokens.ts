import type { PublicKey } from '@candor/contracts/identity/schemas'
import { createTokenVerifier, tokenAudience, tokenIssuer } from '@candor/rpc/access-token'
import type { AccessClaims, VerifyToken } from '@candor/rpc/access-token'
import type { Clock } from '@candor/runtime/clock'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Signs access tokens with a key of its own, for tests of services that only verify them. */
export async function testTokens(clock: Clock): Promise<TestTokens> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const { x } = await exportJWK(publicKey)
  const key: PublicKey = { kty: 'OKP', crv: 'Ed25519', x: x!, kid: 'test', alg: 'EdDSA', use: 'sig' }
  return {
    verifyToken: createTokenVerifier({ clock, fetchKeys: async () => [key] }),
    publicKey: key,
    sign: ({ sub, ...claims }, validSeconds = 600) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid })
        .setSubject(sub)
        .setIssuer(tokenIssuer)
        .setAudience(tokenAudience)
        .setIssuedAt(clock.now())
        .setExpirationTime(new Date(clock.now().getTime() + validSeconds * 1000))
        .sign(privateKey),
  }
}

export interface TestTokens {
  verifyToken: VerifyToken
  publicKey: PublicKey
  sign(claims: AccessClaims, validSeconds?: number): Promise<string>
}
