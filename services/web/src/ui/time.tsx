/** A moment, shown as a date, a time of day or both; the exact value stands in the markup. */
export function Time({ at, as = 'date' }: { at: string; as?: keyof typeof formats }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={formats.both.format(date)}>
      {formats[as].format(date)}
    </time>
  )
}

/** For lists: the time today, the weekday this week, else the date. */
export function BriefTime({ at, now = Date.now() }: { at: string; now?: number }) {
  const date = new Date(at)
  const age = now - date.getTime()
  const format =
    age < dayMs && isSameDay(date, new Date(now)) ? formats.time : age < 6 * dayMs ? weekday : dayMonth
  return (
    <time dateTime={at} title={formats.both.format(date)}>
      {format.format(date)}
    </time>
  )
}

/** For the line between two days of a conversation. */
export function dayName(date: Date, now = new Date()): string {
  if (isSameDay(date, now)) return 'Today'
  if (isSameDay(date, new Date(now.getTime() - dayMs))) return 'Yesterday'
  return long.format(date)
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString()
}

const dayMs = 86_400_000
const formats = {
  date: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
  time: new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }),
  both: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
}
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const long = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
