import type { Guarded } from '@candor/contracts/chat/schemas'
import type { Policy } from '@candor/contracts/policy/policy'
import { findCardNumbers } from './card-number.ts'
import type { Place } from './card-number.ts'
import { findIbans } from './iban.ts'
import { findKeywords } from './keywords.ts'
import { findNationalIds } from './national-id.ts'

/** A text without what the business's notice promises not to store, and the kinds of what was taken out. */
export function maskText(guard: Policy['guard'], text: string, lengthMax = Infinity): Masked {
  const places = findGuarded(guard, text)
  if (places.length === 0) return { text, masked: [] }
  let rest = 0
  let masked = ''
  for (const { kind, start, end } of places) {
    if (start < rest) continue
    masked += text.slice(rest, start) + marks[kind]
    rest = end
  }
  const kinds = [...new Set(places.map(({ kind }) => kind))]
  return { text: (masked + text.slice(rest)).slice(0, lengthMax), masked: kinds }
}

/** In order; of two that overlap the longer one comes first. */
function findGuarded(guard: Policy['guard'], text: string): (Place & { kind: Guarded })[] {
  const found = findKeywords(guard.keywords, text).map((place) => ({ ...place, kind: 'keyword' as Guarded }))
  // Every pattern has digits, and most of what people write has none.
  if (hasDigit.test(text))
    for (const kind of guard.patterns) found.push(...finders[kind](text).map((place) => ({ ...place, kind })))
  return found.toSorted((one, other) => one.start - other.start || other.end - one.end)
}

const hasDigit = /\d/
const finders: Record<Policy['guard']['patterns'][number], (text: string) => Place[]> = {
  'card-number': findCardNumbers,
  iban: findIbans,
  'national-id': findNationalIds,
}

/** What stands in its place, for whoever wrote it and for whoever reads it. */
const marks: Record<Guarded, string> = {
  'card-number': '[card number removed]',
  iban: '[account number removed]',
  'national-id': '[identity number removed]',
  keyword: '[removed]',
}

export interface Masked {
  text: string
  masked: Guarded[]
}
