import { headType, openHead } from '@candor/audit-log/open-head'
import type { AuditHead, SignedAuditHead } from '@candor/contracts/privacy/audit'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import { CompactSign } from 'jose'
import type { SigningKey } from '../sealing/signing-key.ts'

export function signHead({ privateKey, publicKey }: SigningKey, head: AuditHead): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(head)))
    .setProtectedHeader({ alg: 'EdDSA', typ: headType, kid: publicKey.kid })
    .sign(privateKey)
}

export async function asSigned(jws: string, publicKey: PublicKey): Promise<SignedAuditHead> {
  return { head: await openHead(jws, publicKey), jws, publicKey }
}
