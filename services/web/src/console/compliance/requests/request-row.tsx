import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { ChevronRight } from 'lucide-react'
import { Link } from 'wouter'
import { StateBadge, kindNames } from '../../../privacy/requests/request-states.tsx'
import { Deadline } from '../../../ui/deadline.tsx'
import { Time } from '../../../ui/time.tsx'
import { sourceNames } from './request-words.ts'

export function RequestRow({ request }: { request: PrivacyRequest }) {
  const { id, kind, source, openedAt, completedAt, dueAt } = request
  return (
    <li>
      <Link
        href={`/compliance/requests/${id}`}
        className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5 no-underline hover:bg-sunken sm:px-6"
      >
        <span className="min-w-0 flex-1 basis-52">
          <span className="block font-medium">{kindNames[kind]}</span>
          <span className="block text-sm text-muted">
            {sourceNames[source]}, <Time at={openedAt} />
            {completedAt ? (
              <>
                {' '}
                – done <Time at={completedAt} />
              </>
            ) : (
              dueAt && (
                <>
                  {' '}
                  – due <Time at={dueAt} />
                </>
              )
            )}
          </span>
        </span>
        {isRunning(request) && <Deadline at={request.dueAt} />}
        <StateBadge request={request} />
        <ChevronRight aria-hidden="true" className="size-4 text-muted" />
      </Link>
    </li>
  )
}

/** Whether a time limit runs for it now. */
export function isRunning(request: PrivacyRequest): request is PrivacyRequest & { dueAt: string } {
  return request.dueAt !== null && (request.state === 'in-progress' || request.state === 'awaiting-decision')
}
