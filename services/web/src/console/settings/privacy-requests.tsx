import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { useQuery } from '@tanstack/react-query'
import { FileCheck, ShieldCheck } from 'lucide-react'
import { api } from '../../api/api.ts'
import { Async } from '../../ui/async.tsx'
import { Badge } from '../../ui/badge.tsx'
import type { BadgeTone } from '../../ui/badge.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Section } from '../../ui/page.tsx'
import { Row, Rows } from '../../ui/rows.tsx'
import { Time } from '../../ui/time.tsx'
import { kindNames } from '../../privacy/requests/request-states.tsx'
import { ReceiptButton } from './receipt-button.tsx'

export function PrivacyRequests() {
  const query = useQuery({
    queryKey: ['privacy', 'requests'],
    queryFn: () => api.privacy.listRequests.query(),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'in-progress') ? 3000 : false),
  })
  return (
    <Section
      title="Privacy requests"
      intro="Made on your privacy page and carried out by Candor. Each is due within a month of its proof."
      flush
    >
      <Async query={query} lines={3}>
        {(requests) =>
          requests.length === 0 ? (
            <EmptyState icon={ShieldCheck} title="No requests so far">
              Visitors make them on your privacy page, without having to ask you.
            </EmptyState>
          ) : (
            <Rows label="Privacy requests">
              {requests.map((request) => (
                <RequestRow key={request.id} request={request} />
              ))}
            </Rows>
          )
        }
      </Async>
    </Section>
  )
}

function RequestRow({ request }: { request: PrivacyRequest }) {
  const [tone, text] = states[request.state]
  return (
    <Row>
      <FileCheck aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{kindNames[request.kind]}</p>
        <p className="text-sm text-muted">
          opened <Time at={request.openedAt} />
          {request.completedAt ? (
            <>
              , completed <Time at={request.completedAt} />
            </>
          ) : (
            request.dueAt && (
              <>
                , due <Time at={request.dueAt} />
              </>
            )
          )}
        </p>
      </div>
      <Badge tone={tone}>{text}</Badge>
      {request.hasReceipt && <ReceiptButton requestId={request.id} />}
    </Row>
  )
}

const states: Record<PrivacyRequest['state'], [BadgeTone, string]> = {
  'awaiting-proof': ['plain', 'Waiting for proof'],
  'awaiting-decision': ['wait', 'Waiting for a decision'],
  'in-progress': ['wait', 'In progress'],
  completed: ['good', 'Completed'],
  refused: ['bad', 'Refused'],
  lapsed: ['plain', 'Lapsed'],
}
