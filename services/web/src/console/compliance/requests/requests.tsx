import { requestKinds } from '@candor/contracts/policy/request-kinds'
import type { RequestKind } from '@candor/contracts/policy/policy'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useSearchParams } from 'wouter'
import { kindNames } from '../../../privacy/requests/request-states.tsx'
import { Async } from '../../../ui/async.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { Select } from '../../../ui/select.tsx'
import { OfficePage } from '../office-page.tsx'
import { OpenFor } from './open-for.tsx'
import { queueQuery, views } from './request-queries.ts'
import type { QueueView } from './request-queries.ts'
import { RequestRow } from './request-row.tsx'

/** What people have asked, those first that wait. What it is narrowed to stands in the address. */
export function Requests() {
  const [params, setParams] = useSearchParams()
  const view =
    (params.get('view') ?? 'open') in views ? ((params.get('view') ?? 'open') as QueueView) : 'open'
  const kind = requestKinds.find((id) => id === params.get('kind')) ?? null
  const query = useInfiniteQuery({ ...queueQuery(view, kind), placeholderData: keepPreviousData })
  const narrow = (next: { view?: QueueView; kind?: RequestKind | null }) => {
    const wanted = { view, kind, ...next }
    setParams(
      {
        ...(wanted.view === 'open' ? {} : { view: wanted.view }),
        ...(wanted.kind ? { kind: wanted.kind } : {}),
      },
      { replace: true },
    )
  }
  return (
    <OfficePage
      title="Requests"
      intro="Made on your privacy page, in the chat or to you directly. Most are carried out by themselves; you decide what the law leaves to you."
      actions={<OpenFor />}
    >
      <div className="grid items-end gap-4 sm:grid-cols-[1fr_16rem]">
        <Segmented
          label="Which requests"
          value={view}
          onChange={(id) => narrow({ view: id })}
          choices={(Object.keys(views) as QueueView[]).map((id) => ({ id, label: views[id].label }))}
        />
        <Select
          label="Kind"
          value={kind ?? 'any'}
          onChange={(id: RequestKind | 'any') => narrow({ kind: id === 'any' ? null : id })}
          choices={[
            { id: 'any', label: 'Every kind' },
            ...requestKinds.map((id) => ({ id, label: kindNames[id] })),
          ]}
        />
      </div>
      <div className="card overflow-hidden shadow-card">
        <Async query={query} lines={5}>
          {({ pages }) => {
            const requests = pages.flat()
            if (requests.length === 0) return <None view={view} />
            return (
              <ul aria-label="Requests" className="divide-y divide-line">
                {requests.map((request) => (
                  <RequestRow key={request.id} request={request} />
                ))}
              </ul>
            )
          }}
        </Async>
      </div>
      {query.hasNextPage && (
        <Button
          className="self-center"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </OfficePage>
  )
}

function None({ view }: { view: QueueView }) {
  const title =
    view === 'overdue' ? 'Nothing is overdue' : view === 'open' ? 'Nothing is open' : 'No requests so far'
  return (
    <EmptyState icon={ShieldCheck} title={title}>
      People make requests on your privacy page, without having to ask you.
    </EmptyState>
  )
}
