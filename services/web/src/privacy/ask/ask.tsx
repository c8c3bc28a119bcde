import type { RequestKind } from '@candor/contracts/policy/policy'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { slug } from '../address.ts'
import { privacy, useIsProven } from '../api.ts'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useNotice } from '../notice-context.ts'
import { requestQuery, requestsQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { WhatForHere } from '../what-for-here.tsx'
import { Asked } from './asked.tsx'
import { DetailFields, readDetails } from './details.tsx'
import { erases, kinds } from './kinds.ts'

/** Asks for the address and has a link mailed there: who can read its mail is the person it belongs to. */
export function Ask({ kind }: { kind: RequestKind }) {
  const { business } = useNotice()
  const isProven = useIsProven()
  const [isOther, setOther] = useState(false)
  const open = useOpen(kind)
  const mailed = open.data && open.data.state === 'awaiting-proof' ? open.variables.email : undefined
  if (mailed !== undefined) return <Asked kind={kind} email={mailed} onAgain={open.reset} />
  // An erasure begins with its proof, so its link asks once more, whoever was proven before.
  const asProven = isProven && !isOther && !erases(kind)
  return (
    <Step
      title={kinds[kind].title}
      width="max-w-2xl"
      intro={<p>We first make sure that it is you, so that nobody else asks {business.name} in your name.</p>}
    >
      {isProven && erases(kind) && (
        <Notice title="You have proven an address in this tab">
          For that one you need no further link: <TextLink href="/requests">your requests</TextLink>.
        </Notice>
      )}
      <div className="card p-5 shadow-card sm:p-7">
        <Form
          error={open.error}
          onSubmit={({ email, ...values }) =>
            open.mutate({
              ...readDetails(kind, values),
              ...(email === undefined ? {} : { email: email.trim() }),
            })
          }
        >
          <WhatForHere category="rights-requests" />
          <DetailFields kind={kind} />
          {asProven ? (
            <p className="text-pretty">
              For the address that you have proven in this tab.{' '}
              <Button size="sm" variant="quiet" onPress={() => setOther(true)}>
                Another address
              </Button>
            </p>
          ) : (
            <TextField
              name="email"
              label="Your e-mail address"
              type="email"
              autoComplete="email"
              description={`The one that you gave to ${business.name}.`}
              isRequired
            />
          )}
          <Button
            type="submit"
            variant="primary"
            size="lg"
            isPending={open.isPending}
            className="self-start max-xs:w-full"
          >
            {asProven ? 'Ask for it' : 'Mail me the link'}
          </Button>
        </Form>
      </div>
      {!asProven && <WhatHappens kind={kind} />}
    </Step>
  )
}

function WhatHappens({ kind }: { kind: RequestKind }) {
  const steps = [
    'We mail a link to this address. Nobody is told whether anything is known about it.',
    erases(kind)
      ? 'The link asks you once more. Nothing is erased before you say so.'
      : 'The link opens this page again. One click there, and your request begins.',
    kinds[kind].outcome,
  ]
  return (
    <ol className="flex flex-col gap-3 text-[0.9375rem]">
      {steps.map((text, index) => (
        <li key={text} className="flex gap-3.5">
          <span
            aria-hidden="true"
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-brand-soft text-sm font-semibold text-brand-text"
          >
            {index + 1}
          </span>
          <span className="pt-0.5 text-pretty">{text}</span>
        </li>
      ))}
    </ol>
  )
}

/** Without a business it is asked of every one that knows the address. */
function useOpen(kind: RequestKind) {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  return useMutation({
    mutationFn: (given: ReturnType<typeof readDetails> & { email?: string }) =>
      privacy.openRequest.mutate({ ...given, ...(slug === '' ? {} : { business: slug }), kind }),
    onSuccess: (opened) => {
      const { token: _, ...request } = opened
      if (request.state === 'awaiting-proof') return
      client.setQueryData(requestQuery(request.id).queryKey, request)
      void client.invalidateQueries({ queryKey: requestsQuery.queryKey, exact: true })
      navigate(`/requests/${request.id}`)
    },
  })
}
