import type { PublicKey } from '@candor/contracts/identity/schemas'
import { DisposalReceipt } from '@candor/contracts/privacy/retention'
import { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import type { z } from 'zod'

export const receiptType = 'candor-receipt+jwt'
export const disposalType = 'candor-disposal+jwt'

export type Verdict<R = ErasureReceipt> = { valid: true; receipt: R } | { valid: false; reason: string }

/** Checks the receipt of an erasure. */
export function checkReceipt(jws: string, findKey: FindKey): Promise<Verdict> {
  return check(jws, findKey, { type: receiptType, schema: ErasureReceipt, called: 'an erasure receipt' })
}

/** Checks the receipt of what a service's sweeps disposed of on a day. */
export function checkDisposal(jws: string, findKey: FindKey): Promise<Verdict<DisposalReceipt>> {
  return check(jws, findKey, { type: disposalType, schema: DisposalReceipt, called: 'a disposal receipt' })
}

export function isDisposal(jws: string): boolean {
  return readHeader(jws)?.typ === disposalType
}

export type FindKey = (keyId: string) => Promise<PublicKey | undefined>

/**
 * Checks a receipt against the key it names. Knows no network and no database: what the service answers and what a
 * holder of the receipt checks alone is this one function.
 */
async function check<S extends z.ZodType>(
  jws: string,
  findKey: FindKey,
  { type, schema, called }: { type: string; schema: S; called: string },
): Promise<Verdict<z.output<S>>> {
  if (!isCanonical(jws)) return refuse('This is not a receipt: it is not a compact JSON Web Signature.')
  const header = readHeader(jws)
  if (!header) return refuse('Its header cannot be read.')
  if (header.typ !== type || header.alg !== 'EdDSA' || !header.kid) {
    return refuse(`This is signed, but not as ${called}.`)
  }
  const key = await findKey(header.kid)
  if (!key) return refuse('It is signed with a key that is not known here.')
  try {
    const { payload } = await compactVerify(jws, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] })
    const receipt = schema.safeParse(JSON.parse(new TextDecoder().decode(payload)))
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

function refuse(reason: string): { valid: false; reason: string } {
  return { valid: false, reason }
}
