import type { NoticeVersion } from '@candor/contracts/privacy/notice-schemas'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Section } from '../../../ui/page.tsx'
import { Row, Rows } from '../../../ui/rows.tsx'
import { Select } from '../../../ui/select.tsx'
import { Time } from '../../../ui/time.tsx'
import { useAccount } from '../../account.ts'
import { OfficePage } from '../office-page.tsx'
import { officeKey } from '../queries.ts'
import { ChangeList } from './change-list.tsx'
import { versionsQuery } from './notice-queries.ts'

/** Every version of the notice, and what changed between any two. */
export function VersionsPage() {
  const { business } = useAccount()
  const query = useQuery(versionsQuery(business.slug))
  return (
    <OfficePage
      title="Versions of the notice"
      intro="Everybody can read them, on your privacy page."
      back={{ href: '/compliance/notice', label: 'Notice' }}
    >
      <Async query={query} lines={5}>
        {(versions) => (
          <>
            <Section title="All versions" flush>
              <Rows label="Versions">
                {versions.map((version) => (
                  <VersionRow key={version.version} version={version} />
                ))}
              </Rows>
            </Section>
            {versions.length > 1 && <Compare versions={versions} />}
          </>
        )}
      </Async>
    </OfficePage>
  )
}

function VersionRow({
  version: { version, pack, revisedAt, effectiveAt, isSignificant, isInForce },
}: {
  version: NoticeVersion
}) {
  return (
    <Row>
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">Version {version}</p>
        <p className="text-sm text-muted">
          from the pack {pack}, revised <Time at={revisedAt} />, takes effect{' '}
          <Time at={effectiveAt} as="both" />
        </p>
      </div>
      {isSignificant && <Badge tone="wait">Significant</Badge>}
      {isInForce ? (
        <Badge tone="good">In force</Badge>
      ) : (
        Date.parse(effectiveAt) > Date.now() && <Badge tone="brand">To come</Badge>
      )}
    </Row>
  )
}

function Compare({ versions }: { versions: readonly NoticeVersion[] }) {
  const { business } = useAccount()
  const [from, setFrom] = useState(String(versions[1]!.version))
  const [to, setTo] = useState(String(versions[0]!.version))
  const input = { business: business.slug, from: Number(from), to: Number(to) }
  const query = useQuery({
    queryKey: [...officeKey, 'notice', 'diff', input],
    queryFn: () => api.privacy.diffNotices.query(input),
    staleTime: Infinity,
  })
  const choices = versions.map(({ version }) => ({ id: String(version), label: `Version ${version}` }))
  return (
    <Section title="What changed">
      <div className="mb-4 grid max-w-md grid-cols-2 gap-4">
        <Select label="From" value={from} onChange={setFrom} choices={choices} />
        <Select label="To" value={to} onChange={setTo} choices={choices} />
      </div>
      <Async query={query} lines={4}>
        {({ changes, paragraphs }) => (
          <>
            <ChangeList changes={changes} />
            {paragraphs.length > 0 && <Sentences paragraphs={paragraphs} />}
          </>
        )}
      </Async>
    </Section>
  )
}

/** The same change as readers of the notice see it. */
function Sentences({ paragraphs }: { paragraphs: readonly Sentence[] }) {
  return (
    <details className="mt-4 border-t border-line pt-4">
      <summary className="cursor-pointer font-medium">In the words of the notice</summary>
      <ul className="mt-3 flex flex-col gap-4">
        {paragraphs.map(({ path, before, after }) => (
          <li key={path} className="max-w-prose text-pretty">
            {before && <del className="block text-muted">{before}</del>}
            {after && <ins className="block no-underline">{after}</ins>}
          </li>
        ))}
      </ul>
    </details>
  )
}

interface Sentence {
  path: string
  before: string | null
  after: string | null
}
