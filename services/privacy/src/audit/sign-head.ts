import { AuditHead } from '@candor/contracts/privacy/audit'
import type { SignedAuditHead } from '@candor/contracts/privacy/audit'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import { CompactSign, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import type { SigningKey } from '../sealing/signing-key.ts'

export const headType = 'candor-audit-head+jwt'

export function signHead({ privateKey, publicKey }: SigningKey, head: AuditHead): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(head)))
    .setProtectedHeader({ alg: 'EdDSA', typ: headType, kid: publicKey.kid })
    .sign(privateKey)
}

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
  return AuditHead.parse(JSON.parse(new TextDecoder().decode(payload)))
}

export async function asSigned(jws: string, publicKey: PublicKey): Promise<SignedAuditHead> {
  return { head: await openHead(jws, publicKey), jws, publicKey }
}

function readHeader(jws: string) {
  try {
    return decodeProtectedHeader(jws)
  } catch {
    throw new Error('the head is not a compact JSON Web Signature')
  }
}
