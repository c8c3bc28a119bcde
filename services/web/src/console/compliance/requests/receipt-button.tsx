import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { useQuery } from '@tanstack/react-query'
import { DialogTrigger } from 'react-aria-components'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { saveFile } from '../../../ui/save-file.ts'

/** Shows what an erasure did in each service, and hands out the signed receipt. */
export function ReceiptButton({ requestId }: { requestId: string }) {
  return (
    <DialogTrigger>
      <Button size="sm">Receipt</Button>
      <Dialog title="Erasure receipt">
        <Receipt requestId={requestId} />
      </Dialog>
    </DialogTrigger>
  )
}

function Receipt({ requestId }: { requestId: string }) {
  const query = useQuery({
    queryKey: ['privacy', 'receipt', requestId],
    queryFn: () => api.privacy.getReceipt.query({ requestId }),
  })
  return (
    <Async query={query} lines={5}>
      {({ receipt, jws }) => (
        <>
          <ul className="divide-y divide-line rounded-xl border border-line">
            {receipt.services.map((service) => (
              <li key={service.service} className="px-4 py-3">
                <p className="font-medium capitalize">{service.service}</p>
                <p className="text-sm text-muted">{summary(service)}</p>
                {service.kept.map((kept) => (
                  <p key={kept.table} className="mt-1 text-sm">
                    Kept: {kept.rows} in {kept.table}, {kept.reason}
                  </p>
                ))}
              </li>
            ))}
          </ul>
          <div className="mt-5 flex justify-end">
            <Button
              variant="primary"
              onPress={() =>
                saveFile({
                  filename: `receipt-${requestId}.jws`,
                  mediaType: 'application/jose',
                  content: jws,
                })
              }
            >
              Download signed receipt
            </Button>
          </div>
        </>
      )}
    </Async>
  )
}

function summary({ erased, columnsSearched }: ErasureReceipt['services'][number]): string {
  const rows = erased.reduce((sum, table) => sum + table.rows, 0)
  return `${rows} rows erased or made anonymous; ${columnsSearched} columns searched afterwards, nothing found.`
}
