import { Suspense, lazy } from 'react'
import { Route, Switch } from 'wouter'
import { useIsUnbriefed } from '../../api/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Mark } from '../../ui/logo.tsx'
import { PublicShell } from '../../ui/public-shell.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AccountContext, useMe } from '../account.ts'
import { NotFound } from './not-found.tsx'
import { pages } from './pages.tsx'
import { Shell } from './shell.tsx'

/** The console once it is known who asks. */
export function SignedIn() {
  const me = useMe()
  const isUnbriefed = useIsUnbriefed()
  if (me.data && isUnbriefed) {
    return (
      <Suspense fallback={<PublicShell>{null}</PublicShell>}>
        <BriefingGate />
      </Suspense>
    )
  }
  if (me.data) {
    return (
      <AccountContext value={me.data}>
        <Shell>
          <Suspense fallback={<Opening />}>
            <Switch>
              {pages}
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </Shell>
      </AccountContext>
    )
  }
  if (me.error) {
    return (
      <PublicShell>
        <ErrorState error={me.error} onRetry={() => void me.refetch()} />
      </PublicShell>
    )
  }
  return (
    <main className="flex min-h-dvh items-center justify-center" aria-label="Opening Candor">
      <Mark className="size-12 animate-pulse text-brand-text" />
    </main>
  )
}

function Opening() {
  return (
    <div className="mx-auto max-w-4xl px-4 py-8 sm:px-8">
      <Skeleton lines={6} />
    </div>
  )
}

const BriefingGate = lazy(async () => ({
  default: (await import('../briefing/briefing-gate.tsx')).BriefingGate,
}))
