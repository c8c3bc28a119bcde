import type { PublicKey } from '@candor/contracts/identity/schemas'
import { calculateJwkThumbprint } from 'jose'

/** The thumbprint of RFC 7638, so that a key cannot go under another's name. */
export function keyIdOf({ kty, crv, x }: Pick<PublicKey, 'kty' | 'crv' | 'x'>): Promise<string> {
  return calculateJwkThumbprint({ kty, crv, x })
}
