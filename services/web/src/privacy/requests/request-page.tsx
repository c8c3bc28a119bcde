import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AnswerPage } from '../answer/answer-page.tsx'
import { ErasurePage } from '../erasure/erasure-page.tsx'
import { requestQuery } from '../queries.ts'

export function RequestPage({ requestId }: { requestId: string }) {
  const { data: request, error, refetch } = useQuery(requestQuery(requestId))
  if (request) {
    return request.kind === 'access' ? <AnswerPage request={request} /> : <ErasurePage request={request} />
  }
  return error ? (
    <ErrorState heading="h1" error={error} onRetry={() => void refetch()} />
  ) : (
    <Skeleton lines={6} />
  )
}
