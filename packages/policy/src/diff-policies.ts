import type { SettingChange } from '@candor/contracts/policy/notice'
import type { Policy } from '@candor/contracts/policy/policy'
import { isSignificant } from './significance.ts'

/** Every setting that differs, each with whether that matters to the people whose data it is. */
export function diffPolicies(before: Policy, after: Policy): SettingChange[] {
  return compare([], before, after).map(({ path, ...values }) => ({
    path: path.join('.'),
    ...values,
    significant: isSignificant(path, values.before, values.after),
  }))
}

function compare(path: string[], before: unknown, after: unknown): Difference[] {
  if (JSON.stringify(ordered(before)) === JSON.stringify(ordered(after))) return []
  const [one, other] = [branches(path, before), branches(path, after)]
  if (!one || !other) return [{ path, before: before ?? null, after: after ?? null }]
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    compare([...path, key], one[key], other[key]),
  )
}

/** What a value consists of, or undefined where it is one setting. */
function branches(path: string[], value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (path[0] === 'recipients' && path.length === 1) return byKey(value as Policy['recipients'], 'id')
  if (path[0] === 'cookies' && path.length === 1) return byKey(value as Policy['cookies'], 'name')
  if (Array.isArray(value) || ['years', 'months', 'days'].some((unit) => unit in value)) return undefined
  return value as Record<string, unknown>
}

function byKey<T>(list: readonly T[], key: keyof T): Record<string, unknown> {
  return Object.fromEntries(list.map((entry) => [entry[key], entry]))
}

/** The order of words in a list and of keys in an object says nothing. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(ordered).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, own]) => own !== undefined)
      .map(([key, own]) => [key, ordered(own)])
      .toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
  )
}

interface Difference {
  path: string[]
  before: unknown
  after: unknown
}
