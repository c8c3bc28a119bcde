import type { NoticeVersion } from '@candor/contracts/privacy/notice-schemas'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Async } from '../../ui/async.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Select } from '../../ui/select.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Time } from '../../ui/time.tsx'
import { slug } from '../address.ts'
import { useNotice } from '../notice-context.ts'
import { versionsQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { VersionDiff } from './version-diff.tsx'

/** Every version that was published, and what differs between any two. */
export function VersionsPage() {
  const { business } = useNotice()
  const versions = useQuery(versionsQuery(slug))
  return (
    <Step
      title="Versions of the notice"
      intro={<p>Each stays here as {business.name} published it, with the date from which it counts.</p>}
    >
      <Async query={versions} lines={4}>
        {(published) => (
          <>
            <ul aria-label="Versions" className="card divide-y divide-line shadow-card">
              {published.map((version) => (
                <VersionRow key={version.version} version={version} />
              ))}
            </ul>
            {published.length > 1 && <Compare published={published} />}
          </>
        )}
      </Async>
    </Step>
  )
}

function VersionRow({ version: { version, revisedAt, effectiveAt, isInForce } }: { version: NoticeVersion }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-4 sm:px-6">
      <span className="min-w-0 flex-1 basis-48">
        <TextLink href={`/versions/${version}`} className="link font-semibold">
          Version {version}
        </TextLink>
        <span className="block text-sm text-muted">
          Revised on <Time at={revisedAt} />, counts from <Time at={effectiveAt} />
        </span>
      </span>
      {isInForce && <Badge tone="good">In force</Badge>}
    </li>
  )
}

function Compare({ published }: { published: readonly NoticeVersion[] }) {
  const [from, setFrom] = useState(String(published[1]!.version))
  const [to, setTo] = useState(String(published[0]!.version))
  const choices = published.map(({ version }) => ({ id: String(version), label: `Version ${version}` }))
  return (
    <section aria-labelledby="compare">
      <h2 id="compare" className="text-xl font-semibold">
        What changed
      </h2>
      <div className="mt-3 mb-5 grid gap-4 sm:grid-cols-2">
        <Select label="From" choices={choices} value={from} onChange={setFrom} />
        <Select label="To" choices={choices} value={to} onChange={setTo} />
      </div>
      <VersionDiff from={Number(from)} to={Number(to)} />
    </section>
  )
}
