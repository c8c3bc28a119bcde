import type { Policy } from '@candor/contracts/policy/policy'
import { createContext, useContext } from 'react'

/** One setting of the policy that is edited: what it is, how it is changed, and what is wrong with it. */
export function useSetting<Value>(path: string): Setting<Value> {
  const editing = useContext(EditingContext)
  if (!editing) throw new Error('useSetting is for fields inside the editor')
  const parts = path.split('.')
  const value = readAt(editing.policy, parts) as Value
  return {
    value,
    set: (next) => editing.change(parts, next),
    problem:
      editing.problems.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message ?? null,
    isChanged: JSON.stringify(readAt(editing.published, parts)) !== JSON.stringify(value),
  }
}

export const EditingContext = createContext<Editing | null>(null)

/** The policy with one setting changed; `undefined` takes it out. What leads to it is copied, all else is shared. */
export function changedAt(policy: Policy, path: readonly string[], value: unknown): Policy {
  return write(policy, path, value) as Policy
}

function write(within: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const inner = write((within as Branch | null)?.[key], rest, value)
  if (Array.isArray(within)) return within.with(Number(key), inner)
  const { [key]: _, ...others } = (within ?? {}) as Branch
  return inner === undefined ? others : { ...(within as Branch), [key]: inner }
}

function readAt(policy: unknown, path: readonly string[]): unknown {
  let at = policy
  for (const key of path) at = (at as Branch | null | undefined)?.[key]
  return at
}

type Branch = Record<string, unknown>

export interface Setting<Value> {
  value: Value
  set: (value: Value | undefined) => void
  problem: string | null
  /** Whether it differs from what is published. */
  isChanged: boolean
}

interface Editing {
  policy: Policy
  published: Policy
  /** By their paths in the policy. */
  problems: readonly { path: string; message: string }[]
  change: (path: readonly string[], value: unknown) => void
}
