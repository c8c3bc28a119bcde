import type { Guarded } from '@candor/contracts/chat/schemas'
import { badInput } from '@candor/rpc/service-error'
import { maskText } from '../guard/mask-text.ts'
import type { Deps } from './deps.ts'

/** What the notice in force has taken out of what people write, before anything of it is stored. */
export async function guardOf(deps: Deps, tenantId: string): Promise<Guard> {
  const { guard } = (await deps.policies.of(tenantId)).policy
  const masked = new Set<Guarded>()
  return {
    masked: () => [...masked],
    mask(text, lengthMax) {
      if (!text) return text
      const answer = maskText(guard, text, lengthMax)
      for (const kind of answer.masked) {
        masked.add(kind)
        deps.guarded.inc({ kind })
      }
      return answer.text as typeof text
    },
    refuse(field, value) {
      if (value && maskText({ ...guard, keywords: [] }, value).masked.length > 0)
        throw badInput(field, 'holds a number that is not stored here')
    },
  }
}

export interface Guard {
  /** Kinds of what was taken out so far. */
  masked(): Guarded[]
  /** The text without it; the marks in its place may be longer than what they stand for. */
  mask<T extends string | null | undefined>(text: T, lengthMax: number): T
  /** For what is an address or nothing: with a mark in it, it would be another one. */
  refuse(field: string, value: string | null | undefined): void
}
