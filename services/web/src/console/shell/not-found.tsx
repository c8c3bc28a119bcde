import { Compass } from 'lucide-react'
import { Link } from 'wouter'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { usePageTitle } from '../../ui/title.ts'

export function NotFound() {
  usePageTitle('Not found')
  return (
    <EmptyState
      icon={Compass}
      title="There is no page here"
      heading="h1"
      action={
        <Link href="/" className={buttonClass('primary')}>
          To the start
        </Link>
      }
    >
      The address may be mistyped, or what it showed has been erased.
    </EmptyState>
  )
}
