import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { slug } from '../address.ts'
import { privacy } from '../api.ts'
import { requestQuery, requestsQuery } from '../queries.ts'
import { Consequences } from './consequences.tsx'

/** Erasure for whoever has just seen what is held; where one was asked for already, the way to it. */
export function EraseCard({ answer }: { answer: AccessAnswer }) {
  const requests = useQuery(requestsQuery)
  const erase = useErase()
  const earlier = requests.data?.find(({ kind }) => kind === 'erasure')
  if (earlier) {
    return (
      <Notice
        tone={earlier.state === 'completed' ? 'good' : 'wait'}
        title={earlier.state === 'completed' ? 'Your data has been erased' : 'Your erasure is under way'}
      >
        <TextLink href={`/requests/${earlier.id}`}>
          {earlier.hasReceipt ? 'See the receipt' : 'See how far it is'}
        </TextLink>
      </Notice>
    )
  }
  return (
    <section aria-labelledby="erase" className="card p-5 shadow-card sm:p-6 print:hidden">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="erase" className="text-lg font-semibold">
            Erase everything
          </h2>
          <p className="mt-0.5 text-[0.9375rem] text-pretty text-muted">
            In every part of the service at once. You get a signed receipt.
          </p>
        </div>
        <Confirm
          title="Erase everything?"
          confirmLabel="Erase everything"
          onConfirm={() => erase.mutate()}
          trigger={
            <Button variant="danger" isPending={erase.isPending}>
              Erase everything
            </Button>
          }
        >
          <Consequences held={heldCategories(answer)} />
          <p className="mt-4">Download your copy first if you want to keep one.</p>
        </Confirm>
      </div>
      {erase.error && (
        <div className="mt-4">
          <ProblemNotice error={erase.error} />
        </div>
      )}
    </section>
  )
}

function heldCategories({ services }: AccessAnswer): Set<string> {
  return new Set(services.flatMap(({ holdings }) => holdings).map(({ category }) => category))
}

function useErase() {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  return useMutation({
    mutationFn: () => privacy.openRequest.mutate({ business: slug, kind: 'erasure' }),
    onSuccess: (request) => {
      client.setQueryData(requestQuery(request.id).queryKey, request)
      void client.invalidateQueries({ queryKey: requestsQuery.queryKey, exact: true })
      navigate(`/requests/${request.id}`)
    },
  })
}
