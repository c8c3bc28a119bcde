import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { Link2Off } from 'lucide-react'
import { useLocation } from 'wouter'
import { Button } from '../../ui/button.tsx'
import { dropProofLink } from '../proof-link.ts'
import { Step } from '../step.tsx'

export function UnusableLink({ kind, isOld }: { kind: PrivacyRequest['kind']; isOld: boolean }) {
  const [, navigate] = useLocation()
  return (
    <Step title={isOld ? 'This link no longer works' : 'This link is not complete'} width="max-w-2xl">
      <div role="alert" className="card flex flex-col items-start gap-5 p-5 shadow-card sm:p-7">
        <span className="flex size-12 items-center justify-center rounded-full bg-signal-soft text-signal-text">
          <Link2Off aria-hidden="true" className="size-6" />
        </span>
        <p className="text-pretty">
          {isOld
            ? 'It was used before, or it is older than an hour. Nothing was done by opening it now.'
            : 'Part of it is missing or wrong. Open it again from the mail, or copy all of it.'}
        </p>
        <Button
          variant="primary"
          onPress={() => {
            dropProofLink()
            navigate(`/ask/${kind}`)
          }}
        >
          Ask for a new link
        </Button>
      </div>
    </Step>
  )
}
