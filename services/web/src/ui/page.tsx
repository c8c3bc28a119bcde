import type { ReactNode } from 'react'
import { usePageTitle } from './title.ts'

/** Column of a page: its title, what can be done, its content. Names the document after itself. */
export function Page({ title, intro, actions, width = 'max-w-4xl', children }: PageProps) {
  usePageTitle(title)
  return (
    <div className={`mx-auto w-full px-4 py-8 sm:px-8 sm:py-10 print:p-0 ${width}`}>
      <header className="mb-7 flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-[1.75rem] leading-tight font-semibold">{title}</h1>
          {intro && <p className="mt-1.5 max-w-prose text-pretty text-muted">{intro}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
      </header>
      <div className="flex flex-col gap-6">{children}</div>
    </div>
  )
}

/** A titled card on a page. */
export function Section({ title, intro, actions, children, flush = false }: SectionProps) {
  return (
    <section className="card overflow-hidden shadow-card">
      <header className="flex flex-wrap items-start justify-between gap-3 px-5 pt-5 sm:px-6">
        <div>
          <h2 className="text-lg font-semibold">{title}</h2>
          {intro && <p className="mt-0.5 max-w-prose text-[0.9375rem] text-pretty text-muted">{intro}</p>}
        </div>
        {actions}
      </header>
      <div className={flush ? 'mt-4' : 'px-5 pt-4 pb-6 sm:px-6'}>{children}</div>
    </section>
  )
}

interface PageProps {
  title: string
  intro?: ReactNode
  actions?: ReactNode
  width?: string
  children: ReactNode
}

interface SectionProps {
  title: string
  intro?: ReactNode
  actions?: ReactNode
  /** Lets rows reach the card's edges. */
  flush?: boolean
  children: ReactNode
}
