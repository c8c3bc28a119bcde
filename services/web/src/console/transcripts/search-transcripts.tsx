import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ChartColumn, FileSearch, FileText } from 'lucide-react'
import { useDeferredValue } from 'react'
import { Link, useSearchParams } from 'wouter'
import { api } from '../../api/api.ts'
import { Async } from '../../ui/async.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { FilterBar } from './filter-bar.tsx'
import { readFilters, toSearchInput } from './filters.ts'
import { Hit } from './hit.tsx'

/** Everything that was said and has been archived. The words looked for stand in the address. */
export function SearchTranscripts() {
  const [params, setParams] = useSearchParams()
  const typed = params.get('q') ?? ''
  const query = useDeferredValue(typed.trim().slice(0, 200))
  const filters = readFilters(params)
  const narrowed = useDeferredValue(JSON.stringify(toSearchInput(filters)))
  const isNarrowed = narrowed !== '{}'
  const set = (name: string, value: string) =>
    setParams(
      (former) => {
        const next = new URLSearchParams(former)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  const found = useInfiniteQuery({
    queryKey: ['transcripts', 'search', query, narrowed],
    queryFn: ({ pageParam, signal }) =>
      api.transcripts.searchTranscripts.query(
        { query, ...JSON.parse(narrowed), ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // What was archived or erased a moment ago shows as soon as somebody looks.
    staleTime: 0,
  })
  return (
    <Page
      title="Transcripts"
      intro="Closed conversations, word for word."
      actions={
        <Link href="/transcripts/statistics" className={buttonClass('secondary')}>
          <ChartColumn aria-hidden="true" /> Statistics
        </Link>
      }
    >
      <SearchField
        label="Search transcripts"
        placeholder="Search what was said"
        value={typed}
        onChange={(value) => set('q', value)}
      />
      <FilterBar filters={filters} onChange={set} />
      <div className="card overflow-hidden shadow-card">
        <Async query={found} lines={6}>
          {({ pages }) => {
            const hits = pages.flatMap((page) => page.hits)
            if (hits.length === 0) return <NothingFound query={query} isNarrowed={isNarrowed} />
            const similar = pages[0]?.similar ?? []
            return (
              <>
                {similar.length > 0 && <Similar query={query} similar={similar} />}
                <ul aria-label={query ? 'Matches' : 'Latest transcripts'} className="divide-y divide-line">
                  {hits.map((hit) => (
                    <Hit key={hit.conversationId} hit={hit} />
                  ))}
                </ul>
              </>
            )
          }}
        </Async>
      </div>
      {found.hasNextPage && (
        <Button
          className="self-center"
          isPending={found.isFetchingNextPage}
          onPress={() => void found.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </Page>
  )
}

/** Says that other words were found than those typed. */
function Similar({ query, similar }: { query: string; similar: string[] }) {
  return (
    <p
      role="status"
      className="border-b border-line bg-signal-soft px-5 py-3 text-[0.9375rem] text-signal-text"
    >
      Nothing has “{query}”. Shown is what has{' '}
      <strong>{new Intl.ListFormat('en', { type: 'disjunction' }).format(similar)}</strong>.
    </p>
  )
}

function NothingFound({ query, isNarrowed }: { query: string; isNarrowed: boolean }) {
  if (query || isNarrowed) {
    return (
      <EmptyState icon={FileSearch} title={query ? `Nothing about “${query}”` : 'Nothing that fits'}>
        Try fewer or other words{isNarrowed && ', or widen the choices above'}. Only closed conversations are
        searched.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={FileText} title="No transcripts yet">
      A conversation that is closed in the inbox is archived here.
    </EmptyState>
  )
}
