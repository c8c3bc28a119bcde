import { ShieldCheck } from 'lucide-react'
import { Suspense, lazy } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { isAdmin, useAccount } from '../account.ts'
import { NotFound } from '../shell/not-found.tsx'
import { Overview } from './overview.tsx'
import { placeGroups } from './places.ts'

/** Everything the business answers for: a menu at the side where there is room, each page read when it is opened. */
export function Compliance() {
  const { user } = useAccount()
  if (!isAdmin(user)) return <ForAdmins />
  return (
    <div className="lg:grid lg:min-h-full lg:grid-cols-[13.5rem_minmax(0,1fr)] print:block">
      <Menu />
      <Suspense
        fallback={
          <div className="p-8">
            <Skeleton lines={6} />
          </div>
        }
      >
        <Switch>
          <Route path="/compliance">
            <Overview />
          </Route>
          <Route path="/compliance/requests">
            <Requests />
          </Route>
          <Route path="/compliance/requests/:id">{({ id }) => <RequestPage requestId={id} />}</Route>
          <Route path="/compliance/notice">
            <NoticePage />
          </Route>
          <Route path="/compliance/notice/versions">
            <VersionsPage />
          </Route>
          <Route path="/compliance/retention">
            <Retention />
          </Route>
          <Route path="/compliance/holds">
            <Holds />
          </Route>
          <Route path="/compliance/cases">
            <Cases />
          </Route>
          <Route path="/compliance/breaches">
            <Breaches />
          </Route>
          <Route path="/compliance/disclosures">
            <Disclosures />
          </Route>
          <Route path="/compliance/recipients">
            <RecipientsRegister />
          </Route>
          <Route path="/compliance/agreements">
            <Agreements />
          </Route>
          <Route path="/compliance/briefings">
            <Briefings />
          </Route>
          <Route path="/compliance/record">
            <ProcessingRecord />
          </Route>
          <Route path="/compliance/evidence">
            <Evidence />
          </Route>
          <Route path="/compliance/audit">
            <Audit />
          </Route>
          <Route path="/compliance/conformance">
            <Conformance />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </div>
  )
}

function Menu() {
  const [path] = useLocation()
  return (
    <nav aria-label="Privacy" className="hidden border-r border-line py-8 pr-3 pl-4 lg:block print:hidden">
      <div className="sticky top-8 flex flex-col gap-5">
        {placeGroups.map(({ title, places }) => (
          <div key={title}>
            <p className="px-3 text-sm text-muted">{title}</p>
            <ul className="mt-1">
              {places.map(({ path: place, label, icon: Icon }) => {
                const href = `/compliance/${place}`
                const isHere = path === href || path.startsWith(`${href}/`)
                return (
                  <li key={place}>
                    <Link
                      href={href}
                      aria-current={isHere ? 'page' : undefined}
                      className="flex items-center gap-2.5 rounded-lg px-3 py-1.5 text-[0.9375rem] no-underline hover:bg-sunken aria-[current=page]:bg-brand-soft aria-[current=page]:font-medium aria-[current=page]:text-brand-text"
                    >
                      <Icon aria-hidden="true" className="size-4 shrink-0" />
                      {label}
                    </Link>
                  </li>
                )
              })}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  )
}

function ForAdmins() {
  usePageTitle('Privacy')
  return (
    <EmptyState icon={ShieldCheck} title="For owners and admins" heading="h1">
      Requests, registers and the notice are looked after by them. An owner can change your role.
    </EmptyState>
  )
}

const Requests = lazy(async () => ({ default: (await import('./requests/requests.tsx')).Requests }))
const RequestPage = lazy(async () => ({ default: (await import('./requests/request-page.tsx')).RequestPage }))
const NoticePage = lazy(async () => ({ default: (await import('./notice/notice-page.tsx')).NoticePage }))
const VersionsPage = lazy(async () => ({
  default: (await import('./notice/versions-page.tsx')).VersionsPage,
}))
const Retention = lazy(async () => ({ default: (await import('./retention/retention.tsx')).Retention }))
const Holds = lazy(async () => ({ default: (await import('./holds/holds.tsx')).Holds }))
const Cases = lazy(async () => ({ default: (await import('./registers/cases.tsx')).Cases }))
const Breaches = lazy(async () => ({ default: (await import('./registers/breaches.tsx')).Breaches }))
const Disclosures = lazy(async () => ({ default: (await import('./registers/disclosures.tsx')).Disclosures }))
const RecipientsRegister = lazy(async () => ({
  default: (await import('./registers/recipients.tsx')).RecipientsRegister,
}))
const Agreements = lazy(async () => ({ default: (await import('./registers/agreements.tsx')).Agreements }))
const Briefings = lazy(async () => ({ default: (await import('./registers/briefings.tsx')).Briefings }))
const ProcessingRecord = lazy(async () => ({
  default: (await import('./registers/processing-record.tsx')).ProcessingRecord,
}))
const Evidence = lazy(async () => ({ default: (await import('./registers/evidence.tsx')).Evidence }))
const Audit = lazy(async () => ({ default: (await import('./audit/audit.tsx')).Audit }))
const Conformance = lazy(async () => ({
  default: (await import('./conformance/conformance.tsx')).Conformance,
}))
