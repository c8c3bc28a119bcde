/** How far back the page looks, and into what steps it divides that. */
export type SpanId = 'month' | 'quarter' | 'year'
export const spans: { id: SpanId; label: string; days: number }[] = [
  { id: 'month', label: '30 days', days: 30 },
  { id: 'quarter', label: '13 weeks', days: 91 },
  { id: 'year', label: '12 months', days: 365 },
]

/** The last and the first day of a span, as UTC has them. */
export function spanOf(id: SpanId, now: Date): { from: string; to: string } {
  const { days } = spans.find((span) => span.id === id)!
  const first = new Date(now.getTime() - (days - 1) * dayMs)
  if (id === 'year') first.setUTCDate(1)
  return { from: dayOf(first), to: dayOf(now) }
}

/** Chats by step, with the steps on which there were none. */
export function inSteps(
  id: SpanId,
  { from, to }: { from: string; to: string },
  days: readonly { day: string; chats: number }[],
): { key: string; label: string; chats: number }[] {
  const counted = new Map(days.map(({ day, chats }) => [day, chats]))
  const steps = new Map<string, { key: string; label: string; chats: number }>()
  let count = 0
  for (let time = Date.parse(from); dayOf(new Date(time)) <= to; time += dayMs, count++) {
    const day = dayOf(new Date(time))
    const key = id === 'year' ? day.slice(0, 7) : id === 'quarter' ? `week ${Math.floor(count / 7)}` : day
    const step = steps.get(key) ?? { key, label: labels[id].format(time), chats: 0 }
    steps.set(key, { ...step, chats: step.chats + (counted.get(day) ?? 0) })
  }
  return [...steps.values()]
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

const dayMs = 86_400_000
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const labels: Record<SpanId, Intl.DateTimeFormat> = {
  month: dayMonth,
  quarter: dayMonth,
  year: new Intl.DateTimeFormat(undefined, { month: 'short', timeZone: 'UTC' }),
}
