import type { ReactNode } from 'react'
import { Wordmark } from './logo.tsx'
import { SkipLink } from './skip-link.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { Toasts } from './toast.tsx'

/** Frame of the pages that need no sign-in: a brand line, the content, toasts. */
export function PublicShell({ brand = <Wordmark />, aside, children }: PublicShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="flex h-16 items-center justify-between gap-4 px-4 sm:px-8 print:hidden">
        {brand}
        <div className="flex items-center gap-2">
          {aside}
          <ThemeSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        {children}
      </main>
      <Toasts />
    </div>
  )
}

interface PublicShellProps {
  brand?: ReactNode
  aside?: ReactNode
  children: ReactNode
}
