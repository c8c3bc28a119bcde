import type { Found } from './check-history.ts'
import type { Entry, Kept } from './history.ts'

/** Each reader's numbers follow one on the other up to the last one kept, from 1 again where its stream said so. */
export function checkReaders(entries: readonly Entry[], kept: readonly Kept[]): Found[] {
  const found: Found[] = []
  const lastOf = new Map<string, number>()
  for (const entry of entries) {
    if (entry.type === 'begins') lastOf.set(entry.reader, 0)
    if (entry.type !== 'saw') continue
    const { reader, seq, text } = entry
    const last = lastOf.get(reader) ?? 0
    const is = kept[seq - 1]?.text
    if (seq > last + 1) found.push({ kind: 'stream-gap', evidence: `${reader} saw ${seq} after ${last}` })
    if (seq <= last) found.push({ kind: 'stream-repeat', evidence: `${reader} saw ${seq} after ${last}` })
    if (text !== is)
      found.push({ kind: 'phantom', evidence: `${reader} saw ${text} as ${seq}, which is ${is}` })
    lastOf.set(reader, seq)
  }
  for (const [reader, last] of lastOf)
    if (last < kept.length)
      found.push({ kind: 'unseen', evidence: `${reader} saw ${last} of ${kept.length}` })
  return found
}
