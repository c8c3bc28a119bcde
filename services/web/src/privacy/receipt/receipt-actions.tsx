import { Download, Printer } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/save-file.ts'
import type { SignedReceipt } from './receipt-file.ts'

export function ReceiptActions({ signed: { receipt, jws, publicKey } }: { signed: SignedReceipt }) {
  return (
    <>
      <Button
        variant="primary"
        onPress={() =>
          saveFile({
            filename: `erasure-receipt-${receipt.business.slug}-${receipt.completedAt.slice(0, 10)}.json`,
            mediaType: 'application/json',
            content: JSON.stringify({ receipt, jws, publicKey }, null, 2),
          })
        }
      >
        <Download aria-hidden="true" /> Download receipt
      </Button>
      <Button onPress={() => window.print()}>
        <Printer aria-hidden="true" /> Print
      </Button>
    </>
  )
}
