import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { privacy } from '../api.ts'
import { requestQuery } from '../queries.ts'

/** What its person can do with a request: take the file, or end what it has stopped. */
export function RequestActions({ request }: { request: PrivacyRequest }) {
  if (request.business === null) return null
  if (request.kind === 'portability' && request.proof) return <TakeFile request={request} />
  if (request.inForce && !request.inForce.until) return <Lift request={request} />
  return null
}

function TakeFile({ request }: { request: PrivacyRequest }) {
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: () => privacy.getPortabilityBundle.query({ requestId: request.id }),
    onSuccess: (bundle) => {
      const content = JSON.stringify(bundle, null, 2)
      saveFile({
        filename: `data-from-${request.business!.slug}.json`,
        mediaType: 'application/json',
        content,
      })
      void client.invalidateQueries({ queryKey: requestQuery(request.id).queryKey })
    },
  })
  return (
    <Action
      text="One JSON file with everything, signed, in a published format. Another business on Candor can take it in."
      error={take.error}
    >
      <Button variant="primary" isPending={take.isPending} onPress={() => take.mutate()}>
        Download the file
      </Button>
    </Action>
  )
}

function Lift({ request }: { request: PrivacyRequest }) {
  const client = useQueryClient()
  const lift = useMutation({
    mutationFn: () => privacy.liftRestriction.mutate({ requestId: request.id }),
    onSuccess: (lifted) => client.setQueryData(requestQuery(request.id).queryKey, lifted),
  })
  return (
    <Action text="It is in force. You can end it whenever you like." error={lift.error}>
      <Button isPending={lift.isPending} onPress={() => lift.mutate()}>
        End it
      </Button>
    </Action>
  )
}

function Action({ text, error, children }: { text: string; error: unknown; children: ReactNode }) {
  return (
    <div className="card flex flex-col items-start gap-4 p-5 shadow-card sm:p-6">
      <ProblemNotice error={error} />
      <p className="text-pretty">{text}</p>
      {children}
    </div>
  )
}
