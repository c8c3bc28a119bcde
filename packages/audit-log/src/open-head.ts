import type { PublicKey } from '@candor/contracts/identity/schemas'
import type { AuditHead, SignedAuditHead } from '@candor/contracts/privacy/audit'
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose'

export const headType = 'candor-audit-head+jwt'

/** What a signed head says. Throws in plain words where it was not signed as one, with this key. */
export async function openHead(jws: string, publicKey: PublicKey): Promise<AuditHead> {
  const { typ, kid } = readHeader(jws)
  if (typ !== headType) throw new Error('this is signed, but not as the head of an audit log')
  if (kid !== publicKey.kid) throw new Error('the head is signed with another key')
  const { payload } = await compactVerify(jws, await importJWK(publicKey, 'EdDSA'), {
    algorithms: ['EdDSA'],
  }).catch(() => {
    throw new Error('the signature of the head does not fit')
  })
  return JSON.parse(new TextDecoder().decode(payload)) as AuditHead
}

/** The same of a head that comes with a key and in a readable form: all three have to agree. */
export async function trustHead(
  { head, jws, publicKey }: SignedAuditHead,
  key: PublicKey = publicKey,
): Promise<AuditHead> {
  if ((await keyIdOf(key)) !== key.kid) throw new Error('the public key goes under the name of another')
  const signed = await openHead(jws, key)
  if (JSON.stringify(signed) !== JSON.stringify(head))
    throw new Error('the readable part of the head says something else than what was signed')
  return signed
}

/** The thumbprint of RFC 7638, so that a key cannot go under another's name. */
export function keyIdOf({ kty, crv, x }: Pick<PublicKey, 'kty' | 'crv' | 'x'>): Promise<string> {
  return calculateJwkThumbprint({ kty, crv, x })
}

function readHeader(jws: string) {
  try {
    return decodeProtectedHeader(jws)
  } catch {
    throw new Error('the head is not a compact JSON Web Signature')
  }
}
