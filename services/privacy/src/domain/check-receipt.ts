import type { PublicKey } from '@candor/contracts/identity/schemas'
import { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'

export const receiptType = 'candor-receipt+jwt'

export type Verdict = { valid: true; receipt: ErasureReceipt } | { valid: false; reason: string }

/**
 * Checks a receipt against the key it names. Knows no network and no database: what the service answers and what a
 * holder of the receipt checks alone is this one function.
 */
export async function checkReceipt(
  jws: string,
  findKey: (keyId: string) => Promise<PublicKey | undefined>,
): Promise<Verdict> {
  if (!isCanonical(jws)) return refuse('This is not a receipt: it is not a compact JSON Web Signature.')
  const header = readHeader(jws)
  if (!header) return refuse('Its header cannot be read.')
  if (header.typ !== receiptType || header.alg !== 'EdDSA' || !header.kid) {
    return refuse('This is signed, but not as an erasure receipt.')
  }
  const key = await findKey(header.kid)
  if (!key) return refuse('It is signed with a key that is not known here.')
  try {
    const { payload } = await compactVerify(jws, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] })
    const receipt = ErasureReceipt.safeParse(JSON.parse(new TextDecoder().decode(payload)))
    return receipt.success
      ? { valid: true, receipt: receipt.data }
      : refuse('It is signed, but it does not say what a receipt says.')
  } catch {
    return refuse(
      'The signature does not fit: it was changed after it was signed, or not signed with this key.',
    )
  }
}

/** Some characters of base64url carry spare bits; only the spelling in which they are zero counts as unchanged. */
function isCanonical(jws: string): boolean {
  const parts = jws.split('.')
  return (
    parts.length === 3 &&
    parts.every((part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part)
  )
}

function readHeader(jws: string) {
  try {
    return decodeProtectedHeader(jws)
  } catch {
    return undefined
  }
}

function refuse(reason: string): Verdict {
  return { valid: false, reason }
}
