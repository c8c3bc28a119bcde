import { hkdfSync } from 'node:crypto'

/** A key for one purpose out of the root key (RFC 5869): none of them opens what another closed. */
export function deriveKey(rootKey: Buffer, purpose: 'signing-keys' | 'refresh-tokens' | 'guesses'): Buffer {
  return Buffer.from(hkdfSync('sha256', rootKey, '', `candor identity ${purpose}`, 32))
}
