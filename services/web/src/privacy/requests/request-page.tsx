import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AnswerPage } from '../answer/answer-page.tsx'
import { ErasurePage } from '../erasure/erasure-page.tsx'
import { requestQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { RequestFacts } from './request-facts.tsx'
import { kindNames } from './request-states.tsx'

export function RequestPage({ requestId }: { requestId: string }) {
  const { data: request, error, refetch } = useQuery(requestQuery(requestId))
  if (request) {
    const { kind } = request
    if (kind === 'access' || kind === 'ccpa-know') return <AnswerPage request={request} />
    if (kind === 'erasure' || kind === 'ccpa-delete') return <ErasurePage request={request} />
    return (
      <Step title={kindNames[kind]} width="max-w-2xl">
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
