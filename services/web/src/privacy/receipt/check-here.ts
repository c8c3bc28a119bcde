import { checkSigned, erasureKind } from '@candor/audit-log/check-receipt'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import type { Verdict } from './check-result.tsx'
import { readReceipt, saysTheSame } from './receipt-file.ts'

/** Whether one of the service's published keys signed it as it is. Asks nobody: the receipt stays on this device. */
export async function checkHere(text: string, keys: readonly PublicKey[]): Promise<Verdict> {
  const { jws, readable, problem } = { readable: undefined, ...readReceipt(text) }
  if (problem !== undefined) return { valid: false, reason: problem }
  const checked = await checkSigned(jws, erasureKind, async (keyId) => keys.find(({ kid }) => kid === keyId))
  if (!checked.valid) return checked
  if (readable !== undefined && !saysTheSame(readable, checked.receipt))
    return { valid: false, reason: 'What stands in the file to be read is not what was signed.' }
  // Nothing else is signed as a receipt with these keys.
  return { valid: true, receipt: checked.receipt as ErasureReceipt }
}
