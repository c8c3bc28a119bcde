import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { TextLink } from '../../ui/text-link.tsx'

/** Each right with how it is used, by when it is served, and the way to its form. */
export function RightsList({ rights }: { rights: PrivacyNotice['rights'] }) {
  return (
    <dl className="card mt-4 divide-y divide-line shadow-card">
      {rights.map(({ kind, right, law, how, by }) => (
        <div
          key={kind}
          className="grid gap-x-6 gap-y-1 px-5 py-4 sm:grid-cols-[13rem_1fr] sm:px-6 print:break-inside-avoid"
        >
          <dt>
            <span className="block font-semibold">{right}</span>
            <span className="block text-sm text-muted">{law}</span>
          </dt>
          <dd className="text-pretty">
            {how} <span className="text-muted">{by}.</span>{' '}
            <span className="print:hidden">
              <TextLink href={`/ask/${kind}`}>Ask for it</TextLink>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
