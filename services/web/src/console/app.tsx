import { Suspense, lazy, useEffect } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { queryClient } from '../api/query-client.ts'
import { useIsSignedIn } from '../api/session.ts'
import { PublicShell } from '../ui/public-shell.tsx'
import { SignIn } from './access/sign-in.tsx'
import { NotFound } from './shell/not-found.tsx'
import { pages } from './shell/pages.tsx'
import { SignedIn } from './shell/signed-in.tsx'

/** Anyone may sign up or accept an invitation; every other page that there is first asks who you are, and then shows itself. */
export function App() {
  const isSignedIn = useIsSignedIn()
  useEffect(() => {
    if (!isSignedIn) queryClient.clear()
  }, [isSignedIn])
  return (
    <Suspense fallback={<PublicShell>{null}</PublicShell>}>
      <Switch>
        <Route path="/invitation">
          <Invitation />
        </Route>
        <Route path="/closed">
          <ClosedPage />
        </Route>
        <Route path="/sign-in">{isSignedIn ? <Redirect to="/inbox" replace /> : <SignIn />}</Route>
        <Route path="/sign-up">{isSignedIn ? <Redirect to="/settings" replace /> : <SignUp />}</Route>
        <Route path="/">
          <Redirect to={isSignedIn ? '/inbox' : '/sign-in'} replace />
        </Route>
        {isSignedIn && (
          <Route>
            <SignedIn />
          </Route>
        )}
        {pages.map(({ key, props }) => (
          <Route key={key} path={props.path}>
            <SignIn />
          </Route>
        ))}
        <Route>
          <PublicShell>
            <NotFound />
          </PublicShell>
        </Route>
      </Switch>
    </Suspense>
  )
}

const ClosedPage = lazy(async () => ({ default: (await import('./closing/closed-page.tsx')).ClosedPage }))
const SignUp = lazy(async () => ({ default: (await import('./access/sign-up.tsx')).SignUp }))
const Invitation = lazy(async () => ({ default: (await import('./access/invitation.tsx')).Invitation }))
