import type { Delivered } from './clients/talk.ts'

/** Times and rates count only where everything arrived that was stored, and times only where nothing was refused. */
export function counted<T extends Delivered & { rate?: number }>(lap: T, tell: (line: string) => void): T {
  const { refused, undelivered } = lap
  if (refused > 0) tell(`${refused} posts were refused`)
  if (undelivered > 0) tell(`${undelivered} messages did not arrive`)
  const rate = undelivered > 0 ? 0 : lap.rate
  return refused + undelivered > 0 ? { ...lap, rate, p50: Infinity, p99: Infinity } : lap
}
