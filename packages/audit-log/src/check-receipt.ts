import type { PublicKey } from '@candor/contracts/identity/schemas'
import { base64url, compactVerify, decodeProtectedHeader, importJWK } from 'jose'

export const erasureKind: SignedKind = { type: 'candor-receipt+jwt', called: 'an erasure receipt' }
export const disposalKind: SignedKind = { type: 'candor-disposal+jwt', called: 'a disposal receipt' }

/**
 * Checks a receipt against the key it names, and answers what was signed. Knows no network and no database: what the
 * service answers, what its page finds and what a holder of the receipt checks alone is this one function.
 */
export async function checkSigned(
  jws: string,
  { type, called }: SignedKind,
  findKey: FindKey,
): Promise<CheckedReceipt> {
  if (!isCanonical(jws)) return refuse('This is not a receipt: it is not a compact JSON Web Signature.')
  const header = readHeader(jws)
  if (!header) return refuse('Its header cannot be read.')
  if (header.typ !== type || header.alg !== 'EdDSA' || !header.kid) {
    return refuse(`This is signed, but not as ${called}.`)
  }
  const publicKey = await findKey(header.kid)
  if (!publicKey) return refuse('It is signed with a key that is not known here.')
  // Outside what follows: a browser that knows no Ed25519 has found nothing wrong with the receipt.
  const key = await importJWK(publicKey, 'EdDSA')
  try {
    const { payload } = await compactVerify(jws, key, { algorithms: ['EdDSA'] })
    return { valid: true, receipt: JSON.parse(new TextDecoder().decode(payload)) }
  } catch {
    return refuse(
      'The signature does not fit: it was changed after it was signed, or not signed with this key.',
    )
  }
}

export function typeOf(jws: string): string | undefined {
  return readHeader(jws)?.typ
}

export interface SignedKind {
  type: string
  called: string
}

export type FindKey = (keyId: string) => Promise<PublicKey | undefined>

export type CheckedReceipt = { valid: true; receipt: unknown } | { valid: false; reason: string }

/** Some characters of base64url carry spare bits; only the spelling in which they are zero counts as unchanged. */
function isCanonical(jws: string): boolean {
  const parts = jws.split('.')
  return parts.length === 3 && parts.every((part) => part !== '' && respelled(part) === part)
}

function respelled(part: string): string | undefined {
  try {
    return base64url.encode(base64url.decode(part))
  } catch {
    return undefined
  }
}

function readHeader(jws: string) {
  try {
    return decodeProtectedHeader(jws)
  } catch {
    return undefined
  }
}

function refuse(reason: string): CheckedReceipt {
  return { valid: false, reason }
}
