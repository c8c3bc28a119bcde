import { useQuery } from '@tanstack/react-query'
import { Async } from '../../ui/async.tsx'
import { AnswerPage } from '../answer/answer-page.tsx'
import { ErasurePage } from '../erasure/erasure-page.tsx'
import { requestQuery } from '../queries.ts'

export function RequestPage({ requestId }: { requestId: string }) {
  const query = useQuery(requestQuery(requestId))
  return (
    <Async query={query} lines={6}>
      {(request) =>
        request.kind === 'access' ? <AnswerPage request={request} /> : <ErasurePage request={request} />
      }
    </Async>
  )
}
