import type { CategoryId } from '@candor/contracts/policy/categories'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Section } from '../../../ui/page.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { Shares } from '../../../ui/shares.tsx'
import { Time } from '../../../ui/time.tsx'
import { useAccount } from '../../account.ts'
import { OfficePage } from '../office-page.tsx'
import { holdsQuery, officeKey, policyInForceQuery } from '../queries.ts'
import { categoryTitle } from '../words.ts'
import { Ages } from './ages.tsx'
import { Gone } from './gone.tsx'
import { byCategory, farFuture, monthsAhead } from './expiring.ts'

/** How old the oldest of everything is against its limit, and what goes until when. */
export function Retention() {
  const { business } = useAccount()
  const policy = useQuery(policyInForceQuery(business.slug))
  // What a date beyond every period would take is all that is held and has a period.
  const held = useQuery(retentionQuery(farFuture()))
  const holds = useQuery(holdsQuery)
  const lasting = holds.data?.filter(({ endedAt }) => endedAt === null) ?? []
  return (
    <OfficePage
      title="Retention"
      intro="Each service deletes by itself what is past its period. Here is how far everything is, counted now."
    >
      <Section
        title="The oldest of everything"
        intro="How much of its period the oldest record has used. At the end of the bar it goes, not before."
      >
        <Async query={policy} lines={6}>
          {({ policy: { categories } }) => (
            <Async query={held} lines={6}>
              {(expiring) => (
                <Ages
                  categories={categories}
                  held={byCategory(expiring)}
                  onHold={new Set<CategoryId>(lasting.map(({ category }) => category))}
                />
              )}
            </Async>
          )}
        </Async>
      </Section>
      <Ahead />
      <Gone />
    </OfficePage>
  )
}

function Ahead() {
  const [months, setMonths] = useState<'0' | '1' | '3' | '12'>('1')
  const [now] = useState(() => new Date())
  const date = monthsAhead(Number(months), now)
  const query = useQuery(retentionQuery(date))
  return (
    <Section title="What goes" intro="Of what is held now, if nothing is added and nobody writes again.">
      <div className="mb-5 max-w-lg">
        <Segmented
          label="Until when"
          value={months}
          onChange={setMonths}
          choices={[
            { id: '0', label: 'Tonight' },
            { id: '1', label: '1 month' },
            { id: '3', label: '3 months' },
            { id: '12', label: '1 year' },
          ]}
        />
      </div>
      <Async query={query} lines={4}>
        {(expiring) => {
          const values = [...byCategory(expiring)].flatMap(([key, { rows }]) =>
            rows === 0 ? [] : [{ key, label: categoryTitle(key), count: rows }],
          )
          return values.length === 0 ? (
            <p role="status">
              Nothing goes until <Time at={date} />.
            </p>
          ) : (
            <>
              <p role="status" className="mb-4">
                {values.reduce((sum, { count }) => sum + count, 0)} records go until <Time at={date} />.
              </p>
              <Shares label="Records that go, by category" of="Category" unit="Records" values={values} />
            </>
          )
        }}
      </Async>
    </Section>
  )
}

function retentionQuery(asOf: string) {
  return {
    queryKey: [...officeKey, 'retention', asOf],
    queryFn: () => api.privacy.previewRetention.query({ asOf }),
    staleTime: 30_000,
  }
}
