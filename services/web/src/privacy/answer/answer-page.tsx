import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Async } from '../../ui/async.tsx'
import { Time } from '../../ui/time.tsx'
import { EraseCard } from '../erasure/erase-card.tsx'
import { useNotice } from '../notice-context.ts'
import { answerQuery, requestQuery } from '../queries.ts'
import { RequestFacts } from '../requests/request-facts.tsx'
import { Step } from '../step.tsx'
import { Answer } from './answer.tsx'
import { AnswerActions } from './answer-actions.tsx'

/** Everything that is held, read from every service while it is asked for. */
export function AnswerPage({ request }: { request: PrivacyRequest }) {
  const { business } = useNotice()
  const query = useQuery(answerQuery(request.id))
  useRereadOnceAnswered(request, query.data !== undefined)
  return (
    <Step
      title={`What ${business.name} holds about you`}
      width="max-w-4xl"
      intro={
        query.data && (
          <p>
            Collected on <Time at={query.data.generatedAt} as="both" /> from every part of the service.
          </p>
        )
      }
      actions={query.data && <AnswerActions answer={query.data} />}
    >
      <RequestFacts request={request} />
      <Async query={query} lines={8}>
        {(answer) => (
          <>
            <Answer answer={answer} />
            <EraseCard answer={answer} />
          </>
        )}
      </Async>
    </Step>
  )
}

/** Giving the answer is what completes the request. */
function useRereadOnceAnswered({ id, state }: PrivacyRequest, isAnswered: boolean): void {
  const client = useQueryClient()
  const isBehind = isAnswered && state === 'in-progress'
  useEffect(() => {
    if (isBehind) void client.invalidateQueries({ queryKey: requestQuery(id).queryKey })
  }, [client, id, isBehind])
}
