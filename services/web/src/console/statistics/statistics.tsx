import type { ChatStatistics } from '@candor/contracts/transcripts/statistics'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../api/api.ts'
import { Async } from '../../ui/async.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { isAdmin, useAccount } from '../account.ts'
import { Columns, Shares } from './charts.tsx'
import { inSteps, spanOf, spans } from './periods.ts'
import type { SpanId } from './periods.ts'
import { Visits } from './visits.tsx'

/** Numbers about chats and visits. They say nothing about anybody. */
export function Statistics() {
  const [spanId, setSpanId] = useState<SpanId>('month')
  const span = spanOf(spanId, new Date())
  const { user } = useAccount()
  const query = useQuery({
    queryKey: ['statistics', span],
    queryFn: () => api.transcripts.getStatistics.query(span),
    placeholderData: keepPreviousData,
    // Who comes back after a chat wants to see it counted.
    staleTime: 0,
  })
  return (
    <Page
      title="Statistics"
      intro={
        <>
          <TextLink href="/transcripts">All transcripts</TextLink>
        </>
      }
      actions={<Segmented label="How far back" choices={spans} value={spanId} onChange={setSpanId} />}
    >
      <Async query={query} lines={8}>
        {(statistics) => <Figures statistics={statistics} spanId={spanId} span={span} />}
      </Async>
      {isAdmin(user) && <Visits spanId={spanId} span={span} />}
      <p className="text-sm text-pretty text-muted">
        Chats are counted when they end. The figures go when your notice deletes facts about conversations,
        and stay where it makes them anonymous. No figure below the first comes from fewer than five chats, so
        the newest may wait to be counted. Whoever objected to statistics is left out. Days and hours are UTC.
      </p>
    </Page>
  )
}

function Figures({ statistics, spanId, span }: FiguresProps) {
  const steps = inSteps(spanId, span, statistics.days)
  const total = steps.reduce((sum, { chats }) => sum + chats, 0)
  return (
    <>
      <Section title="Chats" intro={`${total} in all.`}>
        <Columns
          label="Chats over time"
          of="From"
          values={steps}
          every={spanId === 'year' ? 2 : spanId === 'quarter' ? 3 : 7}
        />
      </Section>
      <div className="grid gap-6 lg:grid-cols-2">
        <Section title="Time of day">
          <Told counts={statistics.hour}>
            {(values) => <Columns label="Chats by hour of the day" of="Hour" values={values} every={6} />}
          </Told>
        </Section>
        <Section title="Day of the week">
          <Told counts={statistics.weekday}>
            {(values) => <Columns label="Chats by day of the week" of="Day" values={values} />}
          </Told>
        </Section>
        <Section title="First answer after">
          <Told counts={statistics.answer}>
            {(values) => (
              <Shares label="Chats by time to the first answer" of="First answer after" values={values} />
            )}
          </Told>
        </Section>
        <Section title="How long they took">
          <Told counts={statistics.length}>
            {(values) => <Shares label="Chats by length" of="Length" values={values} />}
          </Told>
        </Section>
        <Section title="How well they went" intro="What visitors said at the end, if they said anything.">
          <Told counts={statistics.rating}>
            {(values) => <Shares label="Chats by rating" of="Rating" values={values} />}
          </Told>
        </Section>
      </div>
    </>
  )
}

/** The figures, or why there are none. */
function Told({ counts, children }: ToldProps) {
  if (counts.every(({ chats }) => chats === 0)) {
    return <p className="py-4 text-[0.9375rem] text-muted">Told from five on, so that it is about nobody.</p>
  }
  return children(counts.map(({ part, chats }) => ({ key: part, label: partNames[part] ?? part, chats })))
}

const partNames: Record<string, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
  'under-1m': 'under a minute',
  '1m-5m': '1 to 5 minutes',
  '5m-15m': '5 to 15 minutes',
  '15m-1h': '15 to 60 minutes',
  'over-1h': 'over an hour',
  never: 'never',
  good: 'Good',
  fair: 'So-so',
  poor: 'Poor',
}

interface FiguresProps {
  statistics: ChatStatistics
  spanId: SpanId
  span: { from: string; to: string }
}

interface ToldProps {
  counts: readonly { part: string; chats: number }[]
  children: (values: { key: string; label: string; chats: number }[]) => ReactNode
}
