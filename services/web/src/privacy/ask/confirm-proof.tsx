import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { reasonOf } from '../../ui/problem.ts'
import { privacy, session } from '../api.ts'
import { Consequences } from '../erasure/consequences.tsx'
import { useNotice } from '../notice-context.ts'
import { dropProofLink } from '../proof-link.ts'
import type { ProofLink } from '../proof-link.ts'
import { requestQuery } from '../queries.ts'
import { kindNames } from '../requests/request-states.tsx'
import { Step } from '../step.tsx'
import { UnusableLink } from './unusable-link.tsx'

/**
 * Asks for a click before the proof is used: it works once, and programs that check mail open links by themselves. Of
 * an erasure it is also the last question, for with its proof it begins.
 */
export function ConfirmProof({ link }: { link: ProofLink }) {
  const { business } = useNotice()
  const prove = useProve(link)
  const reason = prove.error ? reasonOf(prove.error) : null
  if (reason === 'expired' || reason === 'bad-credentials' || reason === 'bad-input') {
    return <UnusableLink kind={link.kind} isOld={reason === 'expired'} />
  }
  if (link.kind === 'access' || link.kind === 'ccpa-know') {
    return (
      <Step title="Is it you?" intro={<p>You followed the link that was mailed to you.</p>} width="max-w-2xl">
        <div className="card flex flex-col gap-5 p-5 shadow-card sm:p-7">
          <ProblemNotice error={prove.error} />
          <p className="text-pretty">
            Go on, and this tab shows what {business.name} holds about the address the mail came to.
          </p>
          <Button
            variant="primary"
            size="lg"
            className="self-start max-xs:w-full"
            isPending={prove.isPending}
            onPress={() => prove.mutate()}
          >
            Show what is held about me
          </Button>
          <AccessTerms />
        </div>
      </Step>
    )
  }
  if (link.kind !== 'erasure' && link.kind !== 'ccpa-delete') {
    return (
      <Step title="Is it you?" intro={<p>You followed the link that was mailed to you.</p>} width="max-w-2xl">
        <div className="card flex flex-col gap-5 p-5 shadow-card sm:p-7">
          <ProblemNotice error={prove.error} />
          <p className="text-pretty">
            Go on, and your request begins: <strong className="font-semibold">{kindNames[link.kind]}</strong>.
          </p>
          <Button
            variant="primary"
            size="lg"
            className="self-start max-xs:w-full"
            isPending={prove.isPending}
            onPress={() => prove.mutate()}
          >
            Yes, it is me
          </Button>
          <AccessTerms />
        </div>
      </Step>
    )
  }
  return (
    <Step
      title="Erase everything?"
      intro={<p>You asked for it, and followed the link that was mailed to you.</p>}
      width="max-w-2xl"
    >
      <div className="card flex flex-col gap-5 p-5 shadow-card sm:p-7">
        <ProblemNotice error={prove.error} />
        <Consequences />
        <div className="flex flex-wrap gap-2">
          <Button
            variant="danger"
            size="lg"
            className="max-xs:w-full"
            isPending={prove.isPending}
            onPress={() => prove.mutate()}
          >
            Erase everything
          </Button>
          <Button size="lg" className="max-xs:w-full" onPress={dropProofLink} isDisabled={prove.isPending}>
            Not now
          </Button>
        </div>
        <AccessTerms />
      </div>
    </Step>
  )
}

function AccessTerms() {
  return (
    <p className="text-sm text-pretty text-muted">
      The link works once. Your access then lasts an hour and ends when you close this tab; until then this
      tab remembers it, so that a reload loses nothing.
    </p>
  )
}

function useProve({ requestId, proof }: ProofLink) {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  return useMutation({
    mutationFn: () => privacy.proveIdentity.mutate({ requestId, proof }),
    onSuccess: ({ accessToken, request }) => {
      session.start({ accessToken })
      client.setQueryData(requestQuery(request.id).queryKey, request)
      navigate(`/requests/${request.id}`, { replace: true })
      dropProofLink()
    },
  })
}
