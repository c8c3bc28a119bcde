import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { StateBadge, kindNames } from '../../../privacy/requests/request-states.tsx'
import { Async } from '../../../ui/async.tsx'
import { Deadline } from '../../../ui/deadline.tsx'
import { DescriptionList } from '../../../ui/description-list.tsx'
import { Section } from '../../../ui/page.tsx'
import { Time } from '../../../ui/time.tsx'
import { useNames } from '../../team/use-names.ts'
import { OfficePage } from '../office-page.tsx'
import { Decide } from './decide.tsx'
import { ReceiptButton } from './receipt-button.tsx'
import { RequestActions } from './request-actions.tsx'
import { requestQuery } from './request-queries.ts'
import { isRunning } from './request-row.tsx'
import { fieldNames, processingNames, proofNames, reporterNames, sourceNames } from './request-words.ts'

export function RequestPage({ requestId }: { requestId: string }) {
  const query = useQuery(requestQuery(requestId))
  const request = query.data
  return (
    <OfficePage
      title={request ? kindNames[request.kind] : 'Request'}
      back={{ href: '/compliance/requests', label: 'Requests' }}
      actions={
        request && (
          <div className="flex flex-wrap items-center gap-2">
            {isRunning(request) && <Deadline at={request.dueAt} />}
            <StateBadge request={request} />
          </div>
        )
      }
    >
      <Async query={query} lines={8}>
        {(found) => (
          <>
            {found.state === 'awaiting-decision' && <Decide request={found} />}
            <Section title="What was asked" actions={<RequestActions request={found} />}>
              <DescriptionList items={facts(found)} />
              {found.hasReceipt && (
                <div className="mt-5">
                  <ReceiptButton requestId={found.id} />
                </div>
              )}
            </Section>
            {found.progress.length > 0 && <Progress request={found} />}
            <History request={found} />
          </>
        )}
      </Async>
    </OfficePage>
  )
}

function facts(request: PrivacyRequest): Parameters<typeof DescriptionList>[0]['items'] {
  const { source, openedAt, proof, dueAt, extension, decision, inForce, details, isDirect } = request
  const items: ([string, ReactNode] | null)[] = [
    ['Came in', `${sourceNames[source]}${isDirect ? ', asked of Candor and passed on to you' : ''}`],
    ['Opened', <Time key="opened" at={openedAt} as="both" />],
    [
      'Identity',
      proof ? (
        <>
          proven {proofNames[proof.how]}, <Time at={proof.at} as="both" />
        </>
      ) : (
        'not proven yet: nothing is done before'
      ),
    ],
    dueAt ? ['Due', <Time key="due" at={dueAt} as="both" />] : null,
    extension ? ['Extended', extension.reason] : null,
    details?.correction
      ? [
          fieldNames[details.correction.field],
          <>
            <del className="text-muted">{details.correction.from ?? 'nothing'}</del>{' '}
            <ins className="font-medium no-underline">{details.correction.to}</ins>
          </>,
        ]
      : null,
    details?.objection
      ? [
          'Objects to',
          `${details.objection.processing.map((id) => processingNames[id]).join(', ')}${details.objection.reason ? `: ${details.objection.reason}` : ''}`,
        ]
      : null,
    details?.minor
      ? ['Account', `${details.minor.email}, reported by ${reporterNames[details.minor.reporter]}`]
      : null,
    decision
      ? ['Decision', `${decision.outcome === 'approved' ? 'Approved' : 'Refused'}: ${decision.reason}`]
      : null,
    inForce
      ? [
          'In force',
          <>
            since <Time at={inForce.since} as="both" />
            {inForce.until && (
              <>
                {' '}
                until <Time at={inForce.until} as="both" />
              </>
            )}
          </>,
        ]
      : null,
  ]
  return items.filter((item) => item !== null)
}

function Progress({ request }: { request: PrivacyRequest }) {
  return (
    <Section title="How far each service is">
      <ul className="grid gap-2 sm:grid-cols-2">
        {request.progress.map(({ service, done }) => (
          <li key={service} className="flex justify-between gap-4 border-b border-line pb-2">
            <span className="capitalize">{service}</span>
            <span className="text-muted">{done.at(-1) ?? 'waiting'}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function History({ request }: { request: PrivacyRequest }) {
  const nameOf = useNames()
  return (
    <Section title="History">
      <ol className="flex flex-col gap-3">
        {request.history.map(({ at, what, note, by }) => (
          <li key={`${at} ${what}`} className="grid gap-x-6 sm:grid-cols-[12rem_1fr]">
            <span className="text-sm text-muted tabular-nums sm:pt-0.5">
              <Time at={at} as="both" />
            </span>
            <span className="min-w-0 break-words">
              {what}
              {by && <span className="text-muted"> by {nameOf(by)}</span>}
              {note && <span className="block text-[0.9375rem] text-muted">“{note}”</span>}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-5 text-sm text-muted">
        Number <span className="font-mono text-xs break-all">{request.id}</span>
      </p>
    </Section>
  )
}
