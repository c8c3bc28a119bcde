import type { Policy } from '@candor/contracts/policy/policy'
import type { Clause, Pack, PolicyPath } from './pack.ts'
import { settingAt } from './setting-at.ts'

/**
 * Whether the sentence of a clause is still true after a business changed its settings. Lengths and numbers may
 * differ, for the sentence takes them from the policy; so may what a list or a table shows anyway.
 */
export function stillHolds(pack: Pack, policy: Policy, { settings }: Clause): boolean {
  return settings.every(
    (path) =>
      toldInTables.includes(path) ||
      pack.fillIn.includes(path) ||
      (stricterWithMore.includes(path)
        ? isPartOf(settingAt(pack.policy, path), settingAt(policy, path))
        : isAlike(settingAt(pack.policy, path), settingAt(policy, path))),
  )
}

/** Promises of a pack that a business took back by its changes. */
export function withdrawnClauses<Id extends string>(pack: Pack<Id>, policy: Policy): Id[] {
  return pack.clauses.filter((clause) => !stillHolds(pack, policy, clause)).map(({ id }) => id)
}

const toldInTables: readonly PolicyPath[] = [
  'categories',
  'categories.conversation.retention.byChannel',
  'rights',
  'recipients',
  'cookies',
]

/** What is masked beyond what was promised takes no promise back. */
const stricterWithMore: readonly PolicyPath[] = ['guard.patterns', 'guard.keywords']

function isPartOf(promised: unknown, set: unknown): boolean {
  return (promised as unknown[]).every((entry) => (set as unknown[]).includes(entry))
}

function isAlike(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other
  if (Array.isArray(one) && Array.isArray(other)) return sorted(one) === sorted(other)
  if (isPeriod(one) && isPeriod(other)) return true
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => isAlike((one as Row)[key], (other as Row)[key]))
}

const sorted = (list: unknown[]) => JSON.stringify(list.toSorted())

function isPeriod(value: object): boolean {
  return ['years', 'months', 'days'].some((unit) => unit in value)
}

type Row = Record<string, unknown>
