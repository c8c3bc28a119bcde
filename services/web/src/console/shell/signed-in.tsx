import { Suspense, lazy } from 'react'
import { Route, Switch } from 'wouter'
import { useIsUnbriefed } from '../../api/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Mark } from '../../ui/logo.tsx'
import { PublicShell } from '../../ui/public-shell.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AccountContext, useMe } from '../account.ts'
import { Inbox } from '../inbox/inbox.tsx'
import { NotFound } from './not-found.tsx'
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
            <Pages />
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

function Pages() {
  return (
    <Switch>
      <Route path="/inbox/:id?">{({ id }) => <Inbox selectedId={id} />}</Route>
      <Route path="/transcripts">
        <SearchTranscripts />
      </Route>
      <Route path="/transcripts/statistics">
        <Statistics />
      </Route>
      <Route path="/transcripts/:id">{({ id }) => <TranscriptPage conversationId={id} />}</Route>
      <Route path="/contacts">
        <Contacts />
      </Route>
      <Route path="/team">
        <Team />
      </Route>
      <Route path="/billing">
        <Billing />
      </Route>
      <Route path="/billing/invoices/:id">{({ id }) => <InvoicePage invoiceId={id} />}</Route>
      <Route path="/settings">
        <Settings />
      </Route>
      <Route path="/compliance/*?">
        <Compliance />
      </Route>
      <Route path="/briefing">
        <BriefingPage />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  )
}

const SearchTranscripts = lazy(async () => ({
  default: (await import('../transcripts/search-transcripts.tsx')).SearchTranscripts,
}))
const Statistics = lazy(async () => ({
  default: (await import('../statistics/statistics.tsx')).Statistics,
}))
const TranscriptPage = lazy(async () => ({
  default: (await import('../transcripts/transcript-page.tsx')).TranscriptPage,
}))
const Contacts = lazy(async () => ({ default: (await import('../contacts/contacts.tsx')).Contacts }))
const Team = lazy(async () => ({ default: (await import('../team/team.tsx')).Team }))
const Billing = lazy(async () => ({ default: (await import('../billing/billing.tsx')).Billing }))
const InvoicePage = lazy(async () => ({ default: (await import('../billing/invoice-page.tsx')).InvoicePage }))
const Settings = lazy(async () => ({ default: (await import('../settings/settings.tsx')).Settings }))
const BriefingPage = lazy(async () => ({
  default: (await import('../briefing/briefing-page.tsx')).BriefingPage,
}))
const BriefingGate = lazy(async () => ({
  default: (await import('../briefing/briefing-gate.tsx')).BriefingGate,
}))
const Compliance = lazy(async () => ({ default: (await import('../compliance/compliance.tsx')).Compliance }))
