import type { ReactNode } from 'react'
import { PublicShell } from '../../ui/public-shell.tsx'
import { usePageTitle } from '../../ui/title.ts'

/** Frame of sign-in, sign-up and invitation: the form on the left, beside it something worth reading. */
export function AccessPage({ title, intro, aside, footer, children }: AccessPageProps) {
  usePageTitle(title)
  return (
    <PublicShell>
      <div className="mx-auto grid w-full max-w-5xl flex-1 items-start gap-10 px-4 py-8 sm:px-8 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] lg:gap-20 lg:py-14">
        <div className="mx-auto w-full max-w-md lg:mx-0">
          <h1 className="text-3xl leading-tight font-semibold">{title}</h1>
          {intro && <p className="mt-2 text-pretty text-muted">{intro}</p>}
          <div className="mt-7">{children}</div>
          {footer && <p className="mt-7 text-[0.9375rem] text-muted">{footer}</p>}
        </div>
        {aside}
      </div>
    </PublicShell>
  )
}

interface AccessPageProps {
  title: string
  intro?: ReactNode
  aside?: ReactNode
  footer?: ReactNode
  children: ReactNode
}
