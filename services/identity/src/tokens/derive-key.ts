import { hkdfSync } from 'node:crypto'

/** A key for one purpose out of the sealing key (RFC 5869): none of them opens what another closed. */
export function deriveKey(
  sealingKey: Buffer,
  purpose: 'signing-keys' | 'refresh-tokens' | 'guesses',
): Buffer {
  return Buffer.from(hkdfSync('sha256', sealingKey, '', `candor identity ${purpose}`, 32))
}
