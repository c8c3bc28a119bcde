import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { slug } from '../address.ts'
import { privacy } from '../api.ts'
import { useNotice } from '../notice-context.ts'
import { contactQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { WhatForHere } from '../what-for-here.tsx'
import { Opened } from './opened.tsx'

/** A question to the privacy team: by the form, which gives a reference, or at the address that the notice names. */
export function ContactPage() {
  const { business } = useNotice()
  const open = useMutation({
    mutationFn: ({ message = '', name = '', email = '' }: Record<string, string>) =>
      privacy.openCase.mutate({
        business: slug,
        topic: 'question',
        message,
        ...(name.trim() && { name: name.trim() }),
        ...(email.trim() && { email: email.trim() }),
      }),
  })
  if (open.data) return <Opened reference={open.data.reference} isAnswered={Boolean(open.variables.email)} />
  return (
    <Step
      title="Ask the privacy team"
      intro={<p>Your question goes to those at {business.name} who answer for data protection.</p>}
      width="max-w-2xl"
    >
      <div className="card p-5 shadow-card sm:p-7">
        <Form error={open.error} onSubmit={open.mutate}>
          <WhatForHere category="compliance-records" />
          <TextField name="message" label="Message" rows={6} maxLength={4_000} isRequired />
          <TextField name="name" label="Name" autoComplete="name" description="If you like." />
          <TextField
            name="email"
            label="E-mail"
            type="email"
            autoComplete="email"
            description="Where the answer goes. Without one you can still see how far your question is."
          />
          <Button
            type="submit"
            variant="primary"
            size="lg"
            isPending={open.isPending}
            className="self-start max-xs:w-full"
          >
            Send
          </Button>
        </Form>
      </div>
      <Addresses />
    </Step>
  )
}

/** Nothing where the business named nobody: the form reaches its owner. */
function Addresses() {
  const { data } = useQuery(contactQuery(slug))
  if (!data?.email && !data?.officer) return null
  return (
    <dl className="grid gap-4 text-[0.9375rem] sm:grid-cols-2">
      {data.email && (
        <div>
          <dt className="text-muted">Questions about data protection</dt>
          <dd>
            <MailLink address={data.email} />
          </dd>
        </div>
      )}
      {data.officer && (
        <div>
          <dt className="text-muted">Data protection officer</dt>
          <dd>
            {data.officer.name}, <MailLink address={data.officer.email} />
          </dd>
        </div>
      )}
    </dl>
  )
}

function MailLink({ address }: { address: string }) {
  return (
    <a href={`mailto:${address}`} className="link break-words">
      {address}
    </a>
  )
}
