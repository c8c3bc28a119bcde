import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { Notice } from '../../ui/notice.tsx'
import { ReceiptView } from './receipt-view.tsx'

export function CheckResult({ verdict }: { verdict: Verdict }) {
  if (!verdict.valid) {
    return (
      <Notice tone="error" title="Not valid">
        {verdict.reason} Do not rely on it.
      </Notice>
    )
  }
  return (
    <>
      <Notice tone="good" title="Valid">
        It was signed by this service and is unchanged since. This is what it says.
      </Notice>
      <ReceiptView receipt={verdict.receipt} />
    </>
  )
}

export type Verdict = { valid: true; receipt: ErasureReceipt } | { valid: false; reason: string }
