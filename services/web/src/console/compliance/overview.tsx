import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { ChevronRight, CircleCheck } from 'lucide-react'
import { Link } from 'wouter'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { attention } from './attention.ts'
import { placeGroups } from './places.ts'
import { awarenessQuery, breachesQuery, casesQuery, disclosuresQuery } from './queries.ts'
import { queueQuery } from './requests/request-queries.ts'

/** What needs somebody now, and the way to everything else. */
export function Overview() {
  const requests = useInfiniteQuery(queueQuery('open', null))
  const [breaches, cases, disclosures, awareness] = useQueries({
    queries: [breachesQuery, casesQuery, disclosuresQuery, awarenessQuery],
  })
  const items = attention({
    requests: requests.data?.pages.flat() ?? [],
    breaches: breaches.data ?? [],
    cases: cases.data ?? [],
    disclosures: disclosures.data ?? [],
    awareness: awareness.data ?? [],
  })
  const isLoading = requests.isPending || breaches.isPending || cases.isPending
  return (
    <Page title="Privacy" intro="What you promise, what people ask of you, and the proof of both.">
      <section aria-labelledby="now" className="card overflow-hidden shadow-card">
        <h2 id="now" className="px-5 pt-5 text-lg font-semibold sm:px-6">
          Needs you
        </h2>
        {isLoading ? (
          <Skeleton lines={2} />
        ) : items.length === 0 ? (
          <p className="flex items-center gap-2 px-5 pt-2 pb-5 text-muted sm:px-6">
            <CircleCheck aria-hidden="true" className="size-5 text-good-text" />
            Nothing waits for you.
          </p>
        ) : (
          <ul className="mt-3 divide-y divide-line border-t border-line">
            {items.map(({ text, href, isUrgent }) => (
              <li key={text}>
                <Link
                  href={href}
                  className={`flex items-center justify-between gap-4 px-5 py-3 no-underline hover:bg-sunken sm:px-6 ${isUrgent ? 'font-medium text-danger-text' : ''}`}
                >
                  {text}
                  <ChevronRight aria-hidden="true" className="size-4 shrink-0" />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
      {placeGroups.map(({ title, places }) => (
        <section key={title} aria-label={title}>
          <h2 className="mb-2 text-lg font-semibold">{title}</h2>
          <ul className="grid gap-3 sm:grid-cols-2">
            {places.map(({ path, label, icon: Icon, about }) => (
              <li key={path} className="flex">
                <Link
                  href={`/compliance/${path}`}
                  className="card flex flex-1 items-start gap-3 p-4 no-underline shadow-card hover:border-edge"
                >
                  <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-brand-text" />
                  <span>
                    <span className="block font-medium">{label}</span>
                    <span className="block text-sm text-pretty text-muted">{about}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}
