import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Async } from '../../ui/async.tsx'
import { Section } from '../../ui/page.tsx'
import { Columns } from './charts.tsx'
import { inSteps } from './periods.ts'
import type { SpanId } from './periods.ts'

/** Visits of pages that carry the chat. Of who came, nothing was ever there to be shown. */
export function Visits({ spanId, span }: { spanId: SpanId; span: { from: string; to: string } }) {
  const query = useQuery({
    queryKey: ['visits', span],
    queryFn: () => api.chat.listVisitCounts.query({ ...span, of: 'all-pages' }),
    staleTime: 0,
  })
  return (
    <Section
      title="Visits"
      intro="Of pages with the chat, counted where your notice allows it: numbers of a day, with no address, cookie or browser behind them."
    >
      <Async query={query} lines={4}>
        {(counts) => (
          <Columns
            label="Visits over time"
            of="From"
            unit="Visits"
            values={inSteps(
              spanId,
              span,
              counts.map(({ day, visits }) => ({ day, chats: visits })),
            )}
            every={spanId === 'year' ? 2 : spanId === 'quarter' ? 3 : 7}
          />
        )}
      </Async>
    </Section>
  )
}
