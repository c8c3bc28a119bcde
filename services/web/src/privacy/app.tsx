import { useQuery } from '@tanstack/react-query'
import { Suspense, lazy } from 'react'
import { Route, Router, Switch } from 'wouter'
import { Skeleton } from '../ui/skeleton.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { reasonOf } from '../ui/problem.ts'
import { basePath, slug } from './address.ts'
import { useIsProven } from './api.ts'
import { AllKinds } from './ask/all-kinds.tsx'
import { Ask } from './ask/ask.tsx'
import { AskRoute } from './ask/ask-route.tsx'
import { ConfirmProof } from './ask/confirm-proof.tsx'
import { CaliforniaPage } from './california/california-page.tsx'
import { ChoicesPage } from './choices/choices-page.tsx'
import { ContactPage } from './contact/contact-page.tsx'
import { CookiesPage } from './cookies/cookies-page.tsx'
import { Everywhere } from './everywhere.tsx'
import { Frame } from './frame.tsx'
import { NoSuchBusiness, NoSuchPage } from './no-such-page.tsx'
import { NewsPage } from './news/news-page.tsx'
import { NoticeContext } from './notice-context.ts'
import { Overview } from './notice/overview.tsx'
import { useProofLink } from './proof-link.ts'
import { noticeQuery } from './queries.ts'
import { useReaderCountry } from './reader-country.ts'
import { NeedsLink } from './requests/needs-link.tsx'
import { RequestPage } from './requests/request-page.tsx'
import { Requests } from './requests/requests.tsx'
import { VersionPage } from './versions/version-page.tsx'
import { VersionsPage } from './versions/versions-page.tsx'

/** The privacy centre of one business. Every page of it needs to know whose it is, so the notice is read first. */
export function App() {
  const notice = useQuery({ ...noticeQuery(slug, { country: useReaderCountry() }), enabled: slug !== '' })
  if (slug === '') return <Everywhere />
  if (notice.data) {
    return (
      <NoticeContext value={notice.data}>
        <Router base={basePath}>
          <Frame business={notice.data.business.name}>
            <Pages />
          </Frame>
        </Router>
      </NoticeContext>
    )
  }
  return (
    <Frame>{notice.error ? <Unread error={notice.error} onRetry={notice.refetch} /> : <Skeleton />}</Frame>
  )
}

function Pages() {
  const proofLink = useProofLink()
  const isProven = useIsProven()
  if (proofLink) return <ConfirmProof key={proofLink.proof} link={proofLink} />
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route path="/copy">
        <Ask key="access" kind="access" />
      </Route>
      <Route path="/erase">
        <Ask key="erasure" kind="erasure" />
      </Route>
      <Route path="/ask" component={AllKinds} />
      <Route path="/ask/:kind">{({ kind }) => <AskRoute kind={kind} />}</Route>
      <Route path="/news" component={NewsPage} />
      <Route path="/california" component={CaliforniaPage} />
      <Route path="/contact" component={ContactPage} />
      <Route path="/cookies" component={CookiesPage} />
      <Route path="/versions" component={VersionsPage} />
      <Route path="/versions/:version">
        {({ version }) =>
          /^[1-9]\d{0,5}$/.test(version) ? <VersionPage version={+version} /> : <NoSuchPage />
        }
      </Route>
      <Route path="/receipt">
        <Suspense fallback={<Skeleton />}>
          <CheckReceipt />
        </Suspense>
      </Route>
      <Route path="/choices">{isProven ? <ChoicesPage /> : <NeedsLink />}</Route>
      <Route path="/requests">{isProven ? <Requests /> : <NeedsLink />}</Route>
      <Route path="/requests/:id">
        {({ id }) => (isProven ? <RequestPage key={id} requestId={id} /> : <NeedsLink />)}
      </Route>
      <Route component={NoSuchPage} />
    </Switch>
  )
}

/** Brings the code that checks signatures, which no other page needs. */
const CheckReceipt = lazy(async () => ({
  default: (await import('./receipt/check-receipt.tsx')).CheckReceipt,
}))

/** An address that no business can have is refused as bad input; for the reader it is the same. */
function Unread({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  const reason = reasonOf(error)
  if (reason === 'not-found' || reason === 'bad-input') return <NoSuchBusiness />
  return <ErrorState heading="h1" error={error} onRetry={() => void onRetry()} />
}
