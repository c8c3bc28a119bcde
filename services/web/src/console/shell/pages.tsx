import { lazy } from 'react'
import { Route } from 'wouter'
import type { RouteProps } from 'wouter'
import { Inbox } from '../inbox/inbox.tsx'

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
const Compliance = lazy(async () => ({ default: (await import('../compliance/compliance.tsx')).Compliance }))

/** Every page of somebody who has signed in. */
export const pages = [
  page('/inbox/:id?', ({ id }) => <Inbox selectedId={id} />),
  page('/transcripts', () => <SearchTranscripts />),
  page('/transcripts/statistics', () => <Statistics />),
  page('/transcripts/:id', ({ id }) => <TranscriptPage conversationId={id} />),
  page('/contacts', () => <Contacts />),
  page('/team', () => <Team />),
  page('/billing', () => <Billing />),
  page('/billing/invoices/:id', ({ id }) => <InvoicePage invoiceId={id} />),
  page('/settings', () => <Settings />),
  page('/compliance/*?', () => <Compliance />),
  page('/briefing', () => <BriefingPage />),
]

function page<const P extends string>(path: P, show: RouteProps<undefined, P>['children']) {
  return (
    <Route<undefined, P> key={path} path={path}>
      {show}
    </Route>
  )
}
