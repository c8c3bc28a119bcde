import { requestKinds } from '@candor/contracts/policy/request-kinds'
import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { Route, Router, Switch } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { useIsProven } from './api.ts'
import { AllKinds } from './ask/all-kinds.tsx'
import { AskRoute } from './ask/ask-route.tsx'
import { ConfirmProof } from './ask/confirm-proof.tsx'
import { kinds } from './ask/kinds.ts'
import { Frame } from './frame.tsx'
import { NoSuchPage } from './no-such-page.tsx'
import { NoticeContext } from './notice-context.ts'
import { useProofLink } from './proof-link.ts'
import { NeedsLink } from './requests/needs-link.tsx'
import { RequestPage } from './requests/request-page.tsx'
import { Requests } from './requests/requests.tsx'

/** `/privacy/`: requests to every business that knows an address. What follows the `#` is the page. */
export function Everywhere() {
  return (
    <NoticeContext value={everybody}>
      <Router hook={useHashLocation}>
        <Frame>
          <Pages />
        </Frame>
      </Router>
    </NoticeContext>
  )
}

function Pages() {
  const proofLink = useProofLink()
  const isProven = useIsProven()
  if (proofLink) return <ConfirmProof key={proofLink.proof} link={proofLink} />
  return (
    <Switch>
      <Route path="/" component={AllKinds} />
      <Route path="/ask/:kind">{({ kind }) => <AskRoute kind={kind} />}</Route>
      <Route path="/requests">{isProven ? <Requests /> : <NeedsLink />}</Route>
      <Route path="/requests/:id">
        {({ id }) => (isProven ? <RequestPage key={id} requestId={id} /> : <NeedsLink />)}
      </Route>
      <Route component={NoSuchPage} />
    </Switch>
  )
}

/** Where a notice stands otherwise: each business has its own, and serves what that offers. */
const everybody: PrivacyNotice = {
  pack: 'candor',
  business: { name: 'every business that knows your address', slug: '', country: '' },
  version: '',
  revisedAt: '',
  effectiveAt: '',
  sections: [],
  categories: [],
  rights: requestKinds.map((kind) => ({ kind, right: kinds[kind].title, law: '', how: '', by: '' })),
  authority: null,
  authorityCountries: [],
}
