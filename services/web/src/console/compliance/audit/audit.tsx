import type { AuditEntry } from '@candor/contracts/privacy/audit'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { RefreshCw, Stamp } from 'lucide-react'
import { useState } from 'react'
import { Async } from '../../../ui/async.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/page.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { teamQuery } from '../../team/team-query.ts'
import { OfficePage } from '../office-page.tsx'
import { choicesOf } from '../words.ts'
import { entriesQuery } from './audit-queries.ts'
import type { AuditFilter } from './audit-queries.ts'
import { kindTexts } from './audit-words.ts'
import { Entry } from './entry.tsx'
import { Head } from './head.tsx'

/** Who read and did what, and the proof that nobody has changed it since. */
export function Audit() {
  const [filter, setFilter] = useState<AuditFilter>({ kind: null, staffId: null, since: '', until: '' })
  const team = useQuery(teamQuery)
  const query = useInfiniteQuery(entriesQuery(filter))
  const colleagues = team.data?.staff.map(({ id, name }) => ({ id, label: name })) ?? []
  return (
    <OfficePage
      title="Audit log"
      intro="What was read, changed, refused and decided here. It holds ids and fixed words: no name, no address, no text."
    >
      <Head />
      <div role="group" aria-label="Narrow the log" className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        <Select
          label="Kind"
          value={filter.kind ?? 'any'}
          onChange={(id: AuditEntry['kind'] | 'any') =>
            setFilter({ ...filter, kind: id === 'any' ? null : id })
          }
          choices={[{ id: 'any', label: 'Everything' }, ...choicesOf(kindTexts)]}
        />
        <Select
          label="By"
          value={filter.staffId ?? 'any'}
          onChange={(id: string) => setFilter({ ...filter, staffId: id === 'any' ? null : id })}
          choices={[{ id: 'any', label: 'Anybody' }, ...colleagues]}
        />
        <TextField
          label="From"
          type="date"
          value={filter.since}
          onChange={(since) => setFilter({ ...filter, since })}
        />
        <TextField
          label="Until"
          type="date"
          value={filter.until}
          onChange={(until) => setFilter({ ...filter, until })}
        />
      </div>
      <Section
        title="Entries"
        intro="Newest first. That you look stands in the log as well."
        actions={
          <IconButton label="Read again" onPress={() => void query.refetch()}>
            <RefreshCw aria-hidden="true" />
          </IconButton>
        }
        flush
      >
        <Async query={query} lines={8}>
          {({ pages }) => {
            const entries = pages.flatMap((page) => page.entries)
            if (entries.length === 0)
              return <EmptyState icon={Stamp} title="Nothing like that is in the log" heading="h2" />
            return (
              <ul aria-label="Entries" className="divide-y divide-line border-t border-line">
                {entries.map((entry) => (
                  <Entry key={entry.position} entry={entry} />
                ))}
              </ul>
            )
          }}
        </Async>
      </Section>
      {query.hasNextPage && (
        <Button
          className="self-center"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </OfficePage>
  )
}
