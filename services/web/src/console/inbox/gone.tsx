import { Eraser } from 'lucide-react'
import { Link } from 'wouter'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

/** A conversation that was erased or has expired, perhaps while it was on the screen. */
export function Gone() {
  return (
    <div className="m-auto">
      <EmptyState
        icon={Eraser}
        title="This conversation is gone"
        action={
          <Link href="/inbox" className={buttonClass()}>
            Back to the inbox
          </Link>
        }
      >
        It was erased at the visitor&rsquo;s request, has expired, or never existed.
      </EmptyState>
    </div>
  )
}
