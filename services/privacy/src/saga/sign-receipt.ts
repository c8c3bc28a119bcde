import type { DisposalReceipt } from '@candor/contracts/privacy/retention'
import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { CompactSign } from 'jose'
import type { SigningKey } from '../sealing/signing-key.ts'

export function signReceipt(
  { privateKey, publicKey }: SigningKey,
  type: string,
  receipt: ErasureReceipt | DisposalReceipt,
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(receipt)))
    .setProtectedHeader({ alg: 'EdDSA', typ: type, kid: publicKey.kid })
    .sign(privateKey)
}
