import type { AnyProcedure } from '@candor/contracts/contract'
import { explainInput } from './explain-error.ts'
import { badInput } from './service-error.ts'

/** The input as the contract wants it, or a refusal that names the fields. One without required fields may be left out. */
export function readInput(row: AnyProcedure, given: unknown): unknown {
  const input = given ?? {}
  const { success, data, error } = row.input.safeParse(input)
  if (!success) throw explainInput(error)
  refuseMalformed(input, [])
  return data
}

/**
 * Refuses what no schema asks for and something behind it would trip over: text that PostgreSQL or UTF-8 cannot hold,
 * keys that reach into JavaScript's own objects, nesting without end.
 */
function refuseMalformed(value: unknown, path: string[]): void {
  const at = path.join('.') || 'input'
  if (typeof value === 'string') {
    if (!isClean(value)) throw badInput(at, 'no NUL characters and no halves of surrogate pairs')
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (path.length === depthMax) throw badInput(at, `nested deeper than ${depthMax} levels`)
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__' || !isClean(key)) throw badInput(at, 'a field name that is not allowed')
    refuseMalformed(item, [...path, key])
  }
}

const depthMax = 16

function isClean(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
