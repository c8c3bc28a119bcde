/** How long it is until a time limit, in words; in hours near it. */
export function timeLeft(until: string, now = Date.now()): TimeLeft {
  const leftMs = Date.parse(until) - now
  const amount = amountOf(Math.abs(leftMs))
  if (leftMs <= 0) return { text: `overdue by ${amount}`, urgency: 'overdue' }
  return { text: `${amount} left`, urgency: leftMs < 3 * dayMs ? 'soon' : 'calm' }
}

function amountOf(ms: number): string {
  if (ms >= 3 * dayMs) return `${Math.floor(ms / dayMs)} days`
  const hours = Math.floor(ms / hourMs)
  if (hours >= 2) return `${hours} hours`
  const minutes = Math.floor(ms / 60_000)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export interface TimeLeft {
  text: string
  urgency: 'calm' | 'soon' | 'overdue'
}
