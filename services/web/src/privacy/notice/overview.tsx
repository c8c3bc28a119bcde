import { ArrowRight, Eraser, Eye } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Link } from 'wouter'
import { countryName } from '../../ui/country-field.tsx'
import { useNotice } from '../notice-context.ts'
import { Step } from '../step.tsx'
import { Notice } from './notice.tsx'

/** The front page: what one can do here, then the notice itself. */
export function Overview() {
  const { business } = useNotice()
  return (
    <Step
      title={`Your data at ${business.name}`}
      width="max-w-5xl"
      intro={
        <p className="text-lg">
          When you chat with {business.name} ({countryName(business.country)}), some data about you is kept.
          This page says what, why and for how long. You can see it or have it erased yourself, without an
          account and without asking anyone.
        </p>
      }
    >
      <ul className="grid gap-4 sm:grid-cols-2">
        <Action href="/copy" icon={Eye} title="See what is held about you">
          Every record, from every part of the service, to read and to download.
        </Action>
        <Action href="/erase" icon={Eraser} title="Have it erased">
          Everywhere at once, with a signed receipt of what went and what had to stay.
        </Action>
      </ul>
      <Notice />
    </Step>
  )
}

function Action({ href, icon: Icon, title, children }: ActionProps) {
  return (
    <li className="flex">
      <Link
        href={href}
        className="card group flex flex-1 gap-4 p-5 no-underline shadow-card transition-colors hover:border-edge sm:p-6"
      >
        <span className="flex size-11 shrink-0 items-center justify-center rounded-full bg-brand-soft text-brand-text">
          <Icon aria-hidden="true" className="size-5" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center justify-between gap-3 text-lg font-semibold">
            {title}
            <ArrowRight
              aria-hidden="true"
              className="size-5 shrink-0 text-muted transition-transform group-hover:translate-x-0.5"
            />
          </span>
          <span className="mt-1 block text-[0.9375rem] text-pretty text-muted">{children}</span>
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
