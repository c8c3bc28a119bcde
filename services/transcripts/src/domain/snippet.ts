import type { Clause } from '../store/search.ts'

/**
 * The part of `text` around the first match, on one line, with each matching word between U+0002 and U+0003; those
 * two cannot stand in the text, which holds no control characters.
 */
export function snippet(text: string, clauses: readonly Clause[]): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const isMatch = matcher(clauses)
  const words = [...line.matchAll(wordPattern)]
  const first = words.find(([word]) => isMatch(word))?.index ?? 0
  const start = first <= leadLength ? 0 : nextWord(line, first - leadLength, first)
  const end =
    line.length - start <= snippetLength ? line.length : lastSpace(line, start + snippetLength, start)
  const part = whole(line.slice(start, end)).replace(wordPattern, (word) =>
    isMatch(word) ? `\u0002${word}\u0003` : word,
  )
  return `${start > 0 ? '…' : ''}${part}${end < line.length ? '…' : ''}`
}

/** A word as the index has it: small letters without accents. */
export function bareWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđ]/g, (letter) => spelled[letter]!)
}

/** Letters that Unicode does not take apart, and the index does. */
const spelled: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd' }

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu
const snippetLength = 200
const leadLength = 60

function matcher(clauses: readonly Clause[]): (word: string) => boolean {
  const wanted = new Set<string>()
  const beginnings: string[] = []
  for (const { text, unfinished } of clauses
    .filter((clause) => !clause.excluded)
    .flatMap((clause) => clause.anyOf)) {
    const words = bareWord(text).match(wordPattern) ?? []
    for (const word of words) wanted.add(word)
    if (unfinished && words.length > 0) beginnings.push(words.at(-1)!)
  }
  return (word) => {
    const bare = bareWord(word)
    return wanted.has(bare) || beginnings.some((beginning) => bare.startsWith(beginning))
  }
}

function nextWord(line: string, from: number, before: number): number {
  const space = line.indexOf(' ', from)
  return space === -1 || space >= before ? from : space + 1
}

function lastSpace(line: string, from: number, after: number): number {
  const space = line.lastIndexOf(' ', from)
  return space <= after + leadLength ? from : space
}

/** A cut may have gone through a character of two units. */
function whole(part: string): string {
  return part.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
}
