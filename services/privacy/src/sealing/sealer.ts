import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Keeps identifiers at rest unreadable without the sealing key (AES-256-GCM). `context` is authenticated with the
 * text: what was sealed for one request or tenant does not open as another's.
 */
export function createSealer(sealingKey: Buffer): Sealer {
  const key = derive(sealingKey, 'seal')
  const hashKey = derive(sealingKey, 'address-hash')
  return {
    seal(text, context) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad(context))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed, context) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
        .setAAD(aad(context))
        .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
      return Buffer.concat([
        decipher.update(sealed.subarray(nonceBytes + tagBytes)),
        decipher.final(),
      ]).toString('utf8')
    },
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

const nonceBytes = 12
const tagBytes = 16

function derive(sealingKey: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', sealingKey, '', `candor privacy ${use}`, 32))
}

function aad(context: readonly string[]): Buffer {
  return Buffer.from(context.join('|'))
}
