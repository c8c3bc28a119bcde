import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { ChevronDown } from 'lucide-react'
import { Time } from '../../ui/time.tsx'
import { StateBadge } from './request-states.tsx'

/** State and dates of a request in a line; what happened to it behind that. */
export function RequestFacts({ request }: { request: PrivacyRequest }) {
  const { openedAt, dueAt, extension, decision, completedAt, history, id } = request
  return (
    <details className="card group shadow-card print:hidden">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-4 gap-y-2 rounded-card px-5 py-3.5 sm:px-6 [&::-webkit-details-marker]:hidden">
        <StateBadge request={request} />
        <span className="min-w-0 flex-1 basis-40 text-[0.9375rem] text-muted">
          {completedAt ? (
            <>
              on <Time at={completedAt} as="both" />
            </>
          ) : (
            <>
              since <Time at={openedAt} as="both" />
            </>
          )}
          {dueAt && (
            <>
              ; the law allows until <Time at={dueAt} />
            </>
          )}
        </span>
        <span className="flex items-center gap-1 text-sm font-medium text-brand-text">
          History
          <ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
        </span>
      </summary>
      <div className="border-t border-line px-5 py-4 sm:px-6">
        <ol className="flex flex-col gap-2 text-[0.9375rem]">
          {history.map(({ at, what }) => (
            <li key={`${at} ${what}`} className="flex flex-wrap justify-between gap-x-6">
              <span>{what}</span>
              <span className="text-muted tabular-nums">
                <Time at={at} as="both" />
              </span>
            </li>
          ))}
        </ol>
        {extension && <p className="mt-4 text-pretty">The limit was extended: {extension.reason}</p>}
        {decision && (
          <p className="mt-4 text-pretty">
            {decision.outcome === 'approved' ? 'Approved' : 'Refused'}: {decision.reason}
          </p>
        )}
        <p className="mt-4 text-sm text-muted">
          Number of this request: <span className="font-mono text-xs break-all">{id}</span>
        </p>
      </div>
    </details>
  )
}
