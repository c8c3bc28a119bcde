import { createHmac, hkdfSync } from 'node:crypto'
import { seal, unseal } from '@candor/runtime/sealing'

/**
 * Keeps identifiers at rest unreadable without the key (AES-256-GCM). `context` is authenticated with the
 * text: what was sealed for one request or tenant does not open as another's.
 */
export function createSealer(rootKey: Buffer): Sealer {
  const key = derive(rootKey, 'seal')
  const hashKey = derive(rootKey, 'address-hash')
  return {
    seal: (text, context) => seal(key, context.join('|'), Buffer.from(text)),
    open: (sealed, context) => unseal(key, context.join('|'), sealed).toString(),
    hashAddress: (tenantId, email) => createHmac('sha256', hashKey).update(`${tenantId}|${email}`).digest(),
    ledgerKey: (tenantId) => createHmac('sha256', hashKey).update(`ledger|${tenantId}`).digest(),
  }
}

export interface Sealer {
  seal(text: string, context: readonly string[]): Buffer
  open(sealed: Buffer, context: readonly string[]): string
  /** Recognises an address within one tenant, without keeping it. */
  hashAddress(tenantId: string, email: string): Buffer
  /** Under which the ledger of erasures names the addresses of one business. */
  ledgerKey(tenantId: string): Buffer
}

function derive(rootKey: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', rootKey, '', `candor privacy ${use}`, 32))
}
