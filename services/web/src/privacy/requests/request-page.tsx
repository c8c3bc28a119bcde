import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AnswerPage } from '../answer/answer-page.tsx'
import { ErasurePage } from '../erasure/erasure-page.tsx'
import { requestQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { RequestActions } from './request-actions.tsx'
import { RequestFacts } from './request-facts.tsx'
import { kindNames } from './request-states.tsx'

export function RequestPage({ requestId }: { requestId: string }) {
  const { data: request, error, refetch } = useQuery(requestQuery(requestId))
  if (request) {
    const { kind, business } = request
    if (business === null) return <PassedOn request={request} />
    if (kind === 'access' || kind === 'ccpa-know') return <AnswerPage request={request} />
    if (kind === 'erasure' || kind === 'ccpa-delete') return <ErasurePage request={request} />
    return (
      <Step title={kindNames[kind]} width="max-w-2xl">
        <RequestActions request={request} />
        <RequestFacts request={request} />
      </Step>
    )
  }
  return error ? (
    <ErrorState heading="h1" error={error} onRetry={() => void refetch()} />
  ) : (
    <Skeleton lines={6} />
  )
}

/** Asked of every business: each that knows the address has a request of its own, which it answers. */
function PassedOn({ request }: { request: PrivacyRequest }) {
  return (
    <Step
      title={kindNames[request.kind]}
      width="max-w-2xl"
      intro={
        <p>
          It goes to every business that knows your address. Each answers for itself:{' '}
          <TextLink href="/requests">your requests</TextLink>.
        </p>
      }
    >
      <RequestFacts request={request} />
    </Step>
  )
}
