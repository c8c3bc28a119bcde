import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { FileSearch, FileText } from 'lucide-react'
import { useDeferredValue } from 'react'
import { useSearchParams } from 'wouter'
import { api } from '../../api/api.ts'
import { Async } from '../../ui/async.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Hit } from './hit.tsx'

/** Everything that was said and has been archived. The words looked for stand in the address. */
export function SearchTranscripts() {
  const [params, setParams] = useSearchParams()
  const typed = params.get('q') ?? ''
  const query = useDeferredValue(typed.trim().slice(0, 200))
  const found = useInfiniteQuery({
    queryKey: ['transcripts', 'search', query],
    queryFn: ({ pageParam, signal }) =>
      api.transcripts.searchTranscripts.query(
        { query, ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // What was archived or erased a moment ago shows as soon as somebody looks.
    staleTime: 0,
  })
  return (
    <Page title="Transcripts" intro="Closed conversations, word for word.">
      <SearchField
        label="Search transcripts"
        placeholder="Search what was said"
        value={typed}
        onChange={(value) => setParams(value ? { q: value } : {}, { replace: true })}
      />
      <div className="card overflow-hidden shadow-card">
        <Async query={found} lines={6}>
          {({ pages }) => {
            const hits = pages.flatMap((page) => page.hits)
            if (hits.length === 0) return <NothingFound query={query} />
            return (
              <ul aria-label={query ? 'Matches' : 'Latest transcripts'} className="divide-y divide-line">
                {hits.map((hit) => (
                  <Hit key={hit.conversationId} hit={hit} />
                ))}
              </ul>
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

function NothingFound({ query }: { query: string }) {
  if (query) {
    return (
      <EmptyState icon={FileSearch} title={`Nothing about “${query}”`}>
        Try fewer or other words. Only closed conversations are searched.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={FileText} title="No transcripts yet">
      A conversation that is closed in the inbox is archived here.
    </EmptyState>
  )
}
