import { categoryIds, channels } from '@candor/contracts/policy/categories'
import type { Channel } from '@candor/contracts/policy/categories'
import type { Policy, Retention } from '@candor/contracts/policy/policy'
import type { PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import { versionInForce } from './in-force.ts'
import { keptUntil } from './kept-until.ts'

/**
 * What the services obey from `now` on, from all that was published, in order of effect. A longer period is for what is
 * collected from its effective date on: the shorter one is obeyed until everything collected before that date has
 * reached its end, and nothing newer can be that old yet. From that moment the same version stands once more, with the
 * longer period.
 */
export function scheduleOf(published: readonly PolicyVersion[], now: Date): PolicyVersion[] {
  const moments = new Set(published.map(({ effectiveAt }) => Date.parse(effectiveAt)))
  for (const [earlier, replacedAt] of replaced(published))
    for (const category of categoryIds)
      for (const channel of slots) {
        const end = keptUntil(replacedAt, earlier.policy.categories[category].retention, channel)
        if (end) moments.add(end.getTime())
      }
  const steps: PolicyVersion[] = []
  for (const moment of [...moments].toSorted((one, other) => one - other)) {
    const at = new Date(moment)
    const step = {
      ...versionInForce(published, at),
      effectiveAt: at.toISOString(),
      policy: obeyedAt(published, at),
    }
    if (!isSame(steps.at(-1), step)) steps.push(step)
  }
  return steps.slice(steps.indexOf(versionInForce(steps, now)))
}

/** What is obeyed at a moment: the version then in force, with the shorter periods still owed to what is older. */
export function obeyedAt(published: readonly PolicyVersion[], at: Date): Policy {
  const version = versionInForce(published, at)
  const earlier = replaced(published.slice(0, published.indexOf(version) + 1))
  if (earlier.length === 0) return version.policy
  const categories = { ...version.policy.categories }
  for (const id of categoryIds)
    for (const [{ policy }, replacedAt] of earlier) {
      const retention = shorterOf(policy.categories[id].retention, categories[id].retention, replacedAt, at)
      categories[id] = { ...categories[id], retention }
    }
  return { ...version.policy, categories }
}

/** Whether the later retention keeps anything longer, of what began at `start`, than the earlier one. */
export function isLonger(later: Retention, earlier: Retention, start: Date, channel?: Channel): boolean {
  const [end, before] = [keptUntil(start, later, channel), keptUntil(start, earlier, channel)]
  return before !== null && (end === null || end > before)
}

/** The category itself, and each channel that may have a period of its own. */
export const slots: readonly (Channel | undefined)[] = [undefined, ...channels]

function shorterOf(earlier: Retention, later: Retention, replacedAt: Date, at: Date): Retention {
  const isOwed = (channel?: Channel) =>
    isLonger(later, earlier, replacedAt, channel) && keptUntil(replacedAt, earlier, channel)! > at
  if (earlier.yearEnd !== later.yearEnd) return isOwed() ? earlier : later
  const period = isOwed() ? earlier.period : later.period
  const byChannel: Retention['byChannel'] = {}
  for (const channel of channels) {
    const own = isOwed(channel)
      ? (earlier.byChannel[channel] ?? earlier.period)
      : (later.byChannel[channel] ?? later.period)
    if (own && JSON.stringify(own) !== JSON.stringify(period)) byChannel[channel] = own
  }
  const last = keptUntil(replacedAt, earlier)
  const mustGo = earlier.disposition === 'delete' && last !== null && last > at
  return { ...later, period, byChannel, disposition: mustGo ? 'delete' : later.disposition }
}

/** Each version that another has replaced, and when. */
function replaced(published: readonly PolicyVersion[]): [PolicyVersion, Date][] {
  return published
    .slice(0, -1)
    .map((version, index) => [version, new Date(published[index + 1]!.effectiveAt)])
}

function isSame(one: PolicyVersion | undefined, other: PolicyVersion): boolean {
  return one?.version === other.version && JSON.stringify(one.policy) === JSON.stringify(other.policy)
}
