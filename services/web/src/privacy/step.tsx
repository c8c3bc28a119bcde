import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { usePageTitle } from '../ui/title.ts'

/** One step of what a person does here. */
export function Step({ title, intro, actions, width = 'max-w-3xl', children }: StepProps) {
  return (
    <div className={`mx-auto w-full px-4 pt-6 pb-10 sm:px-8 sm:pt-10 print:max-w-none print:p-0 ${width}`}>
      <header className="mb-7 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0">
          <StepHeading
            title={title}
            className="text-[1.75rem] leading-tight font-semibold break-words sm:text-3xl"
          />
          {intro && <div className="mt-2 max-w-prose text-pretty text-muted">{intro}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
      </header>
      <div className="flex flex-col gap-6">{children}</div>
    </div>
  )
}

/**
 * When a step takes the place of another, its heading gets the focus, so that whoever hears the page or uses the
 * keyboard starts at its beginning.
 */
export function StepHeading({ title, className }: { title: string; className: string }) {
  usePageTitle(title)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isFirst) {
      window.scrollTo(0, 0)
      heading.current?.focus({ preventScroll: true })
    }
    isFirst = false
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} className={`outline-none ${className}`}>
      {title}
    </h1>
  )
}

let isFirst = true

interface StepProps {
  title: string
  intro?: ReactNode
  actions?: ReactNode
  width?: string
  children: ReactNode
}
