import { checkSigned, disposalKind, erasureKind, typeOf } from '@candor/audit-log/check-receipt'
import type { FindKey, SignedKind } from '@candor/audit-log/check-receipt'
import { DisposalReceipt } from '@candor/contracts/privacy/retention'
import { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import type { z } from 'zod'

export const receiptType = erasureKind.type
export const disposalType = disposalKind.type

export type Verdict<R = ErasureReceipt> = { valid: true; receipt: R } | { valid: false; reason: string }

/** Checks the receipt of an erasure. */
export function checkReceipt(jws: string, findKey: FindKey): Promise<Verdict> {
  return check(jws, findKey, erasureKind, ErasureReceipt)
}

/** Checks the receipt of what a service's sweeps disposed of on a day. */
export function checkDisposal(jws: string, findKey: FindKey): Promise<Verdict<DisposalReceipt>> {
  return check(jws, findKey, disposalKind, DisposalReceipt)
}

export function isDisposal(jws: string): boolean {
  return typeOf(jws) === disposalType
}

/** Whether it is unchanged, and says what a receipt of its kind says, whosever key it was signed with. */
async function check<S extends z.ZodType>(
  jws: string,
  findKey: FindKey,
  kind: SignedKind,
  schema: S,
): Promise<Verdict<z.output<S>>> {
  const checked = await checkSigned(jws, kind, findKey)
  if (!checked.valid) return checked
  const receipt = schema.safeParse(checked.receipt)
  return receipt.success
    ? { valid: true, receipt: receipt.data }
    : { valid: false, reason: 'It is signed, but it does not say what a receipt says.' }
}
