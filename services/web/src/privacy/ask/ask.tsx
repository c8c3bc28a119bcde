import { useMutation } from '@tanstack/react-query'
import { slug } from '../address.ts'
import { privacy, useIsProven } from '../api.ts'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useNotice } from '../notice-context.ts'
import { Step } from '../step.tsx'
import { Asked } from './asked.tsx'

/** Asks for the address and has a link mailed there: who can read its mail is the person it belongs to. */
export function Ask({ kind }: { kind: keyof typeof steps }) {
  const { business } = useNotice()
  const isProven = useIsProven()
  const open = useMutation({
    mutationFn: (email: string) => privacy.openRequest.mutate({ business: slug, kind, email }),
  })
  if (open.isSuccess) return <Asked kind={kind} email={open.variables} onAgain={open.reset} />
  const { title, intro } = texts(kind, business.name)
  return (
    <Step title={title} intro={<p>{intro}</p>} width="max-w-2xl">
      {isProven && (
        <Notice title="You have proven an address in this tab">
          For that one you need no further link: <TextLink href="/requests">your requests</TextLink>.
        </Notice>
      )}
      <div className="card p-5 shadow-card sm:p-7">
        <Form error={open.error} onSubmit={({ email = '' }) => open.mutate(email.trim())}>
          <TextField
            name="email"
            label="Your e-mail address"
            type="email"
            autoComplete="email"
            description={`The one that you gave to ${business.name}.`}
            isRequired
          />
          <Button
            type="submit"
            variant="primary"
            size="lg"
            isPending={open.isPending}
            className="self-start max-xs:w-full"
          >
            Mail me the link
          </Button>
        </Form>
      </div>
      <ol className="flex flex-col gap-3 text-[0.9375rem]">
        {steps[kind].map((text, index) => (
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
    </Step>
  )
}

function texts(kind: keyof typeof steps, business: string) {
  return kind === 'access'
    ? {
        title: 'See what is held about you',
        intro: `We first make sure that it is you, so that nobody else sees what you wrote to ${business}.`,
      }
    : {
        title: 'Have it erased',
        intro: `We first make sure that it is you, so that nobody else can erase what you wrote to ${business}.`,
      }
}

const steps = {
  access: [
    'We mail a link to this address. Nobody is told whether anything is known about it.',
    'The link opens this page again. One click there, and it shows all that is held.',
    'You read it here or take it with you, and you can have it erased.',
  ],
  erasure: [
    'We mail a link to this address. Nobody is told whether anything is known about it.',
    'The link asks you once more. Nothing is erased before you say so.',
    'You see every part of the service erase its records, and get a signed receipt.',
  ],
}
