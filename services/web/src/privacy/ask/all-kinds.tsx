import { ChevronRight } from 'lucide-react'
import { Link } from 'wouter'
import { useNotice } from '../notice-context.ts'
import { Step } from '../step.tsx'
import { kinds } from './kinds.ts'

/** Everything that can be asked for here. */
export function AllKinds() {
  const { business, rights } = useNotice()
  return (
    <Step
      title="What would you like?"
      width="max-w-2xl"
      intro={<p>Asked of {business.name}. It costs nothing, and you need no account.</p>}
    >
      <ul className="card divide-y divide-line shadow-card">
        {rights.map(({ kind, by }) => (
          <li key={kind}>
            <Link
              href={`/ask/${kind}`}
              className="flex items-center gap-4 px-5 py-4 no-underline hover:bg-sunken sm:px-6"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-semibold">{kinds[kind].title}</span>
                <span className="block text-sm text-pretty text-muted">{by || kinds[kind].outcome}</span>
              </span>
              <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </Step>
  )
}
