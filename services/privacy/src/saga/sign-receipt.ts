import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { CompactSign } from 'jose'
import { receiptType } from '../domain/check-receipt.ts'
import type { SigningKey } from '../sealing/signing-key.ts'

export function signReceipt({ privateKey, publicKey }: SigningKey, receipt: ErasureReceipt): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(receipt)))
    .setProtectedHeader({ alg: 'EdDSA', typ: receiptType, kid: publicKey.kid })
    .sign(privateKey)
}
