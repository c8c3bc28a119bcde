import { issuerAllows } from './card-issuers.ts'
import { ibanAt } from './iban.ts'

/**
 * Where payment card numbers stand in a text: 13 to 19 digits of a known issuer, in one piece or in the groups that
 * cards are written in, whose last digit fits the others (Luhn). What only looks alike is left: telephone numbers with
 * their `+`, account numbers, bar codes, times.
 */
export function findCardNumbers(text: string): Place[] {
  const found: Place[] = []
  for (const { index, 0: run } of text.matchAll(digitRuns)) {
    if (text[index - 1] === '+' && countDigits(run) <= phoneDigitsMax) continue
    const account = ibanAt(text, index - 2)?.end ?? 0
    const groups = [...run.matchAll(/\d+/g)]
      .map((match) => ({ at: index + match.index, digits: match[0] }))
      .filter(({ at }) => at >= account)
    for (let first = 0; first < groups.length; first++) {
      const last = lastGroupOfCard(text, groups, first)
      if (last === undefined) continue
      found.push({ start: groups[first]!.at, end: groups[last]!.at + groups[last]!.digits.length })
      first = last
    }
  }
  return found
}

/** The longest number that starts with this group. */
function lastGroupOfCard(text: string, groups: readonly Group[], first: number): number | undefined {
  let digits = ''
  let found: number | undefined
  for (let last = first; last < groups.length; last++) {
    digits += groups[last]!.digits
    if (digits.length > lengthMax || !isSeparatedAlike(text, groups, first, last)) break
    if (digits.length < lengthMin) continue
    const sizes = groups.slice(first, last + 1).map((group) => group.digits.length)
    if (isGroupedLikeCard(sizes) && isCardNumber(digits, sizes.length === 1)) found = last
  }
  return found
}

function isCardNumber(digits: string, isOnePiece: boolean): boolean {
  if (!issuerAllows(digits) || !passesLuhn(digits)) return false
  return !isOnePiece || !(isBarCode(digits) || dayAndTime.test(digits))
}

/** Two numbers side by side are seldom written with one separator. */
function isSeparatedAlike(text: string, groups: readonly Group[], first: number, last: number): boolean {
  if (last - first < 2) return true
  return separator(text, groups, first) === separator(text, groups, last - 1)
}

function separator(text: string, groups: readonly Group[], before: number): string {
  const { at, digits } = groups[before]!
  return text.slice(at + digits.length, groups[before + 1]!.at)
}

/** `4111 1111 1111 1111`, `3782 822463 10005`, one digit at a time; not the groups of telephone numbers. */
function isGroupedLikeCard(sizes: readonly number[]): boolean {
  const size = sizes[0]!
  if (sizes.length === 1 || usualGroups.has(sizes.join('-'))) return true
  const isEven = sizes.every((one, index) => (index < sizes.length - 1 ? one === size : one <= size))
  return isEven && [1, 2, 4, 5, 8].includes(size)
}

const usualGroups = new Set(['4-6-5', '4-6-4', '4-3-3-3', '6-13', '4-4-4-7', '6-10'])

/** ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - zero
    sum += place % 2 === 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9
  }
  return sum % 10 === 0
}

/** A GTIN-13: bar codes are written in one piece, and a few begin like old cards. */
function isBarCode(digits: string): boolean {
  if (digits.length !== 13) return false
  let sum = 0
  for (let place = 0; place < 13; place++)
    sum += (digits.charCodeAt(place) - zero) * (place % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}

function countDigits(run: string): number {
  return run.replaceAll(/\D/g, '').length
}

/** Digits with at most two separating characters between them, as people type and programs lay out. */
const digitRuns = /\d(?:[ \t\u00a0\u2009\u202f.\-–_·]{0,2}\d){12,}/g
/** Day, month, year and the time of day, in one piece. */
const dayAndTime = /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/
const zero = 48
const lengthMin = 13
const lengthMax = 19
/** ITU-T E.164. */
const phoneDigitsMax = 15

export interface Place {
  start: number
  end: number
}

interface Group {
  at: number
  digits: string
}
