import { ArrowRight, Eraser, Eye, SlidersHorizontal } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Link } from 'wouter'
import { countryName } from '../../ui/country-name.ts'
import { useNotice } from '../notice-context.ts'
import { StepHeading } from '../step.tsx'
import { Notice } from './notice.tsx'

/** The front page: what one can do here, then the notice itself. */
export function Overview() {
  const notice = useNotice()
  const { business } = notice
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-2 pb-10 sm:px-8 sm:pt-4 print:max-w-none print:p-0">
      <div className="rounded-3xl bg-rail p-6 text-rail-ink sm:p-10 lg:p-12 print:bg-transparent print:p-0 print:text-ink">
        <StepHeading
          title={`Your data at ${business.name}`}
          className="text-3xl leading-[1.1] font-semibold tracking-tight break-words sm:text-[2.5rem]"
        />
        <p className="mt-4 max-w-[60ch] text-lg text-pretty text-rail-muted print:text-ink">
          When you chat with {business.name} ({countryName(business.country)}), some data about you is kept.
          Here is what, why and for how long. You can see it or have it erased yourself: without an account,
          and without asking anyone.
        </p>
        <ul className="mt-8 grid gap-4 md:grid-cols-2 lg:grid-cols-3 print:hidden">
          <Action href="/copy" icon={Eye} title="See what is held about you">
            Every record, from every part of the service, to read and to take along.
          </Action>
          <Action href="/erase" icon={Eraser} title="Have it erased">
            Everywhere at once, with a signed receipt of what went and what had to stay.
          </Action>
          <Action href="/ask" icon={SlidersHorizontal} title="Something else">
            Have it corrected or restricted, object, take it with you, stop news.
          </Action>
        </ul>
      </div>
      <Notice notice={notice} />
    </div>
  )
}

function Action({ href, icon: Icon, title, children }: ActionProps) {
  return (
    <li className="flex">
      <Link
        href={href}
        className="group flex flex-1 gap-4 rounded-2xl bg-rail-active p-5 no-underline transition-colors hover:outline-2 hover:outline-signal focus-visible:outline-signal"
      >
        <Icon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-signal" />
        <span className="min-w-0 flex-1">
          <span className="flex items-start justify-between gap-3 text-lg leading-snug font-semibold">
            {title}
            <ArrowRight
              aria-hidden="true"
              className="mt-0.5 size-5 shrink-0 transition-transform group-hover:translate-x-0.5"
            />
          </span>
          <span className="mt-1 block text-[0.9375rem] text-pretty text-rail-muted">{children}</span>
        </span>
      </Link>
    </li>
  )
}

interface ActionProps {
  href: string
  icon: LucideIcon
  title: string
  children: string
}
