import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Async } from '../../ui/async.tsx'
import { useNotice } from '../notice-context.ts'
import { receiptQuery } from '../queries.ts'
import { ReceiptActions } from '../receipt/receipt-actions.tsx'
import { ReceiptView } from '../receipt/receipt-view.tsx'
import { VerifyYourself } from '../receipt/verify-yourself.tsx'
import { RequestFacts } from '../requests/request-facts.tsx'
import { Step } from '../step.tsx'
import { Progress } from './progress.tsx'

export function ErasurePage({ request }: { request: PrivacyRequest }) {
  return request.state === 'completed' ? <Erased request={request} /> : <Erasing request={request} />
}

function Erasing({ request }: { request: PrivacyRequest }) {
  return (
    <Step
      key="erasing"
      title="Erasing everything about you"
      intro={<p>It goes on by itself, also if you close this page. Stay for the receipt.</p>}
    >
      <Progress request={request} />
      <RequestFacts request={request} />
    </Step>
  )
}

function Erased({ request }: { request: PrivacyRequest }) {
  const { business } = useNotice()
  const query = useQuery(receiptQuery(request.id))
  useForgetWhatWasHeld()
  return (
    <Step
      key="erased"
      title="Your data has been erased"
      intro={
        <p>
          This is your receipt. Download it: your address is gone as well, so no new link can open this page
          again. {business.name} can give you another copy.
        </p>
      }
      actions={query.data && <ReceiptActions signed={query.data} />}
    >
      <Async query={query} lines={6}>
        {(signed) => (
          <>
            <ReceiptView receipt={signed.receipt} />
            <VerifyYourself />
          </>
        )}
      </Async>
      <RequestFacts request={request} />
    </Step>
  )
}

/** What this tab read before is no longer true. */
function useForgetWhatWasHeld(): void {
  const client = useQueryClient()
  useEffect(() => client.removeQueries({ queryKey: ['answer'] }), [client])
}
