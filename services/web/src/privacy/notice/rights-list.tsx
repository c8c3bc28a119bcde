import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { TextLink } from '../../ui/text-link.tsx'

/** Each right with how it is used here; those that this page serves by itself lead there. */
export function RightsList({ rights }: { rights: PrivacyNotice['rights'] }) {
  return (
    <section aria-labelledby="rights">
      <h3 id="rights" className="text-xl font-semibold">
        Your rights
      </h3>
      <p className="mt-1 max-w-prose text-pretty text-muted">
        They cost nothing, and you need not say why. Requests made here are due within a month.
      </p>
      <dl className="card mt-4 divide-y divide-line shadow-card">
        {rights.map(({ right, law, how }) => (
          <div
            key={right}
            className="grid gap-x-6 gap-y-1 px-5 py-4 sm:grid-cols-[13rem_1fr] sm:px-6 print:break-inside-avoid"
          >
            <dt>
              <span className="block font-semibold">{right}</span>
              <span className="block text-sm text-muted">{law}</span>
            </dt>
            <dd className="text-pretty">
              {how} <Start law={law} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Start({ law }: { law: string }) {
  const start = starts.find(({ article }) => law.endsWith(article))
  return (
    start && (
      <span className="print:hidden">
        <TextLink href={start.href}>{start.text}</TextLink>
      </span>
    )
  )
}

const starts = [
  { article: 'article 15', href: '/copy', text: 'See what is held' },
  { article: 'article 17', href: '/erase', text: 'Have it erased' },
  { article: 'article 20', href: '/copy', text: 'Get a copy' },
]
