import { ShieldCheck } from 'lucide-react'
import { use } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Wordmark } from '../ui/logo.tsx'
import { PublicShell } from '../ui/public-shell.tsx'
import { useIsProven } from './api.ts'
import { NoticeContext } from './notice-context.ts'

/** The business's page, not ours: its name stands on top, Candor's at the bottom. */
export function Frame({ business, children }: { business?: string; children: ReactNode }) {
  const isProven = useIsProven()
  return (
    <PublicShell
      {...(business ? { brand: <Brand business={business} /> } : {})}
      aside={
        isProven && (
          <Link href="/requests" className="link rounded-control px-2 py-1.5 text-sm font-medium">
            Your requests
          </Link>
        )
      }
    >
      <div className="flex flex-1 flex-col">{children}</div>
      {business && <Footer />}
    </PublicShell>
  )
}

function Brand({ business }: { business: string }) {
  return (
    <Link href="/" className="flex min-w-0 items-center gap-2.5 rounded-control no-underline">
      <ShieldCheck aria-hidden="true" className="size-6 shrink-0 text-brand-text" />
      <span className="flex min-w-0 flex-col leading-tight">
        <span className="truncate font-semibold">{business}</span>
        <span className="text-[0.8125rem] text-muted">Privacy centre</span>
      </span>
    </Link>
  )
}

function Footer() {
  const isForCalifornia = use(NoticeContext)?.rights.some(({ kind }) => kind.startsWith('ccpa-'))
  return (
    <footer className="mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-8 text-sm text-muted sm:px-8 print:hidden">
      <nav aria-label="Privacy centre" className="flex flex-wrap gap-x-5 gap-y-2">
        <Link href="/" className="link">
          Privacy notice
        </Link>
        <Link href="/copy" className="link">
          Get a copy
        </Link>
        <Link href="/erase" className="link">
          Have it erased
        </Link>
        <Link href="/ask" className="link">
          Other requests
        </Link>
        <Link href="/cookies" className="link">
          Cookies
        </Link>
        <Link href="/contact" className="link">
          Ask a question
        </Link>
        {isForCalifornia && (
          <Link href="/california" className="link">
            Privacy in California
          </Link>
        )}
        <Link href="/receipt" className="link">
          Check a receipt
        </Link>
      </nav>
      <span className="flex items-center gap-2">
        Runs on <Wordmark className="text-ink" />
      </span>
    </footer>
  )
}
