import type { Policy } from '@candor/contracts/policy/policy'
import type { PackId } from '@candor/contracts/policy/tenant-rules'

/**
 * A ready-made notice: what it promises, and the settings that make the services keep it. Everybody in a process shares
 * it, so nobody can change it.
 */
export function pack<const Id extends string>(declared: Pack<Id>): Pack<Id> {
  return freeze(declared)
}

export interface Pack<Id extends string = string> {
  readonly id: PackId
  readonly title: string
  readonly policy: Policy
  /** What only the business can say of itself, before it publishes. */
  readonly fillIn: readonly PolicyPath[]
  readonly clauses: readonly Clause<Id>[]
}

/** One promise, as the business's notice says it. */
export type Clause<Id extends string = string> = {
  readonly id: Id
  readonly text: string
} & (
  | { readonly settings: readonly [PolicyPath, ...PolicyPath[]]; readonly byDesign?: never }
  /** Kept whatever the policy says, and why. */
  | { readonly settings: readonly []; readonly byDesign: string }
)

/** Where a setting stands in a policy: `categories.conversation.retention`. A period is one setting. */
export type PolicyPath = Paths<Policy>

type Paths<T> = { [K in keyof T & string]: K | `${K}.${Paths<Inner<T[K]>>}` }[keyof T & string]
type Inner<T> = T extends Leaf ? never : 'days' extends keyof T ? never : T
type Leaf = readonly unknown[] | string | number | boolean | null | undefined

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}
