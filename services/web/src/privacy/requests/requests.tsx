import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronRight, LogOut } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { Async } from '../../ui/async.tsx'
import { Button } from '../../ui/button.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Time } from '../../ui/time.tsx'
import { slug } from '../address.ts'
import { session } from '../api.ts'
import { useNotice } from '../notice-context.ts'
import { requestsQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { StateBadge, kindNames } from './request-states.tsx'

/** Everything that was asked for under the proven address. */
export function Requests() {
  const { business } = useNotice()
  const query = useQuery(requestsQuery)
  return (
    <Step
      title="Your requests"
      intro={<p>Made to {business.name} under the address that you have proven.</p>}
      actions={<LeaveButton />}
    >
      {slug !== '' && (
        <p>
          <TextLink href="/choices">What you agreed to, and how to take it back</TextLink>
        </p>
      )}
      <div className="card overflow-hidden shadow-card">
        <Async query={query} lines={4}>
          {(requests) => (
            <ul className="divide-y divide-line">
              {requests.map((request) => (
                <RequestRow key={request.id} request={request} />
              ))}
            </ul>
          )}
        </Async>
      </div>
    </Step>
  )
}

function RequestRow({ request }: { request: PrivacyRequest }) {
  const { id, kind, business, openedAt, completedAt, dueAt } = request
  return (
    <li>
      <Link
        href={`/requests/${id}`}
        className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-4 no-underline hover:bg-sunken sm:px-6"
      >
        <span className="min-w-0 flex-1 basis-48">
          <span className="block font-semibold">{kindNames[kind]}</span>
          <span className="block text-sm text-muted">
            {slug === '' && `${business?.name ?? 'Every business'}. `}Opened <Time at={openedAt} as="both" />
            {!completedAt && dueAt && (
              <>
                , due by <Time at={dueAt} />
              </>
            )}
          </span>
        </span>
        <StateBadge request={request} />
        <ChevronRight aria-hidden="true" className="size-5 text-muted" />
      </Link>
    </li>
  )
}

/** For a device that others use too: what was shown is gone from the tab. */
function LeaveButton() {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  function leave() {
    session.end()
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'notice' })
    navigate('/')
  }
  return (
    <Button onPress={leave}>
      <LogOut aria-hidden="true" /> End access
    </Button>
  )
}
