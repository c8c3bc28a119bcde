import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { MailCheck } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Step } from '../step.tsx'

/** The same words whether or not anything is known of the address: not even this page is told. */
export function Asked({ kind, email, onAgain }: AskedProps) {
  return (
    <Step title="Look into your mail" width="max-w-2xl">
      <div className="card flex flex-col gap-5 p-5 shadow-card sm:flex-row sm:gap-6 sm:p-7">
        <span className="flex size-12 shrink-0 items-center justify-center rounded-full bg-good-soft text-good-text">
          <MailCheck aria-hidden="true" className="size-6" />
        </span>
        <div className="flex min-w-0 flex-col gap-3 text-pretty">
          <p className="text-lg break-words">
            A link is on its way to <strong className="font-semibold">{email}</strong>.
          </p>
          <p>
            It works once and for one hour.{' '}
            {kind === 'erasure' ? 'Nothing is erased before you follow it and say yes.' : ''} You can close
            this page.
          </p>
          <p className="text-[0.9375rem] text-muted">
            You read this whatever address you gave: we do not say here whether anything is known about it.
          </p>
        </div>
      </div>
      <section aria-labelledby="no-mail">
        <h2 id="no-mail" className="font-semibold">
          No mail within a few minutes?
        </h2>
        <p className="mt-1 mb-4 text-[0.9375rem] text-pretty text-muted">
          Look into the folder for unwanted mail, and check the address above for a slip.
        </p>
        <Button onPress={onAgain}>Give the address again</Button>
      </section>
    </Step>
  )
}

interface AskedProps {
  kind: PrivacyRequest['kind']
  email: string
  onAgain: () => void
}
