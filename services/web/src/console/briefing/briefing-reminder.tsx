import { useQuery } from '@tanstack/react-query'
import { BookOpenCheck } from 'lucide-react'
import { Link, useRoute } from 'wouter'
import { buttonClass } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { briefingQuery } from './briefing-query.ts'
import { isAsked } from './is-asked.ts'

/** Asks for the briefing while there is time, on every page but its own. */
export function BriefingReminder() {
  const { data: briefing } = useQuery(briefingQuery)
  const [isThere] = useRoute('/briefing')
  if (!briefing?.dueAt || isThere || !isAsked(briefing)) return null
  return (
    <aside
      aria-label="Privacy briefing"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 bg-brand-soft px-4 py-1.5 text-sm print:hidden"
    >
      <span className="flex items-center gap-2">
        <BookOpenCheck aria-hidden="true" className="size-4 shrink-0 text-brand-text" />
        <span>
          Please read the privacy briefing by <Time at={briefing.dueAt} />. It takes two minutes.
        </span>
      </span>
      <Link href="/briefing" className={buttonClass('secondary', 'sm')}>
        Read it
      </Link>
    </aside>
  )
}
