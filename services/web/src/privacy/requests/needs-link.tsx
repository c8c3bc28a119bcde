import { KeyRound } from 'lucide-react'
import { Link } from 'wouter'
import { buttonClass } from '../../ui/button.tsx'
import { Step } from '../step.tsx'

/** In place of what only the person themselves may see. */
export function NeedsLink() {
  return (
    <Step title="You need a link for this page" width="max-w-2xl">
      <div className="card flex flex-col items-start gap-5 p-5 shadow-card sm:p-7">
        <span className="flex size-12 items-center justify-center rounded-full bg-brand-soft text-brand-text">
          <KeyRound aria-hidden="true" className="size-6" />
        </span>
        <p className="text-pretty">
          It shows what is held about one person, so it opens with a link mailed to that person. Such access
          lasts an hour and ends with the tab it was opened in.
        </p>
        <Link href="/ask/access" className={buttonClass('primary')}>
          Ask for a link
        </Link>
      </div>
    </Step>
  )
}
