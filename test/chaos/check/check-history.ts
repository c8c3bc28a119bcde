import { checkReaders } from './check-readers.ts'
import type { EndState, Entry, Kept } from './history.ts'

/**
 * Compares what was acknowledged and seen with what is kept in the end, in the style of Jepsen's total-queue: nothing
 * acknowledged is lost, nothing is there twice, numbers have no gaps, what was acknowledged before something else was
 * begun stands before it, and each reader saw every message once and in order, or was told to begin anew.
 */
export function checkHistory(history: readonly Entry[], end: EndState): Problem[] {
  const problems: Problem[] = []
  const entries = Map.groupBy(history, ({ conversation }) => conversation)
  for (const conversation of new Set([...entries.keys(), ...Object.keys(end.conversations)])) {
    const kept = end.conversations[conversation] ?? []
    const own = entries.get(conversation) ?? []
    const found = [
      ...checkNumbers(kept),
      ...checkWrites(own, kept),
      ...checkOrder(own, kept),
      ...checkReaders(own, kept),
      ...Object.entries(end.copies).flatMap(([name, copy]) =>
        checkCopy(name, copy[conversation] ?? [], kept),
      ),
    ]
    for (const problem of found) problems.push({ conversation, ...problem })
  }
  return [...problems, ...checkCounts(end)]
}

function checkCounts({ conversations, counted }: EndState): Problem[] {
  const written = Object.values(conversations).flatMap((kept) =>
    kept.filter(({ text }) => text !== null),
  ).length
  return Object.entries(counted)
    .filter(([, count]) => count !== written)
    .map(([name, count]) => ({
      kind: 'copy',
      conversation: 'all',
      evidence: `${name} counted ${count} of ${written}`,
    }))
}

function checkNumbers(kept: readonly Kept[]): Found[] {
  const wrong = kept.findIndex(({ seq }, place) => seq !== place + 1)
  return wrong === -1
    ? []
    : [{ kind: 'gap', evidence: `number ${kept[wrong]!.seq} stands at place ${wrong + 1}` }]
}

function checkWrites(entries: readonly Entry[], kept: readonly Kept[]): Found[] {
  const found: Found[] = []
  const places = Map.groupBy(kept, ({ text }) => text)
  const isWritten = new Set<string | null>([null])
  for (const entry of entries) {
    if (entry.type === 'invoke') isWritten.add(entry.text)
    const place = entry.type === 'ok' || entry.type === 'fail' ? places.get(entry.text)?.[0]?.seq : undefined
    if (entry.type === 'ok' && place === undefined)
      found.push({ kind: 'lost', evidence: `${entry.text} was acknowledged as ${entry.seq}` })
    else if (entry.type === 'ok' && place !== entry.seq)
      found.push({ kind: 'moved', evidence: `${entry.text}: acknowledged as ${entry.seq}, kept as ${place}` })
    else if (entry.type === 'fail' && place !== undefined)
      found.push({ kind: 'phantom', evidence: `${entry.text} was refused and stands at ${place}` })
  }
  for (const [text, copies] of places) {
    const where = copies.map(({ seq }) => seq).join(' and ')
    if (text !== null && copies.length > 1) found.push({ kind: 'doubled', evidence: `${text} at ${where}` })
    if (!isWritten.has(text)) found.push({ kind: 'phantom', evidence: `nobody wrote ${text}, at ${where}` })
  }
  return found
}

/** Two that were on their way at once may stand in either order; one that was over before the other began may not. */
function checkOrder(entries: readonly Entry[], kept: readonly Kept[]): Found[] {
  const begun = new Map<string | null, number>()
  const over = new Map<string | null, number>()
  entries.forEach((entry, time) => {
    if (entry.type === 'invoke' && !begun.has(entry.text)) begun.set(entry.text, time)
    if (entry.type === 'ok' && !over.has(entry.text)) over.set(entry.text, time)
  })
  const found: Found[] = []
  let last = { begun: -1, text: null as string | null }
  for (const { text } of kept) {
    if ((over.get(text) ?? Infinity) < last.begun)
      found.push({ kind: 'reordered', evidence: `${text} stands behind ${last.text}, which began after it` })
    if ((begun.get(text) ?? -1) > last.begun) last = { begun: begun.get(text)!, text }
  }
  return found
}

function checkCopy(name: string, copy: readonly Kept[], kept: readonly Kept[]): Found[] {
  const tell = (one: Kept | undefined) => (one ? `${one.seq} ${one.text ?? '(notice)'}` : 'nothing')
  const wrong = Array.from({ length: Math.max(copy.length, kept.length) }, (_, place) => place).find(
    (place) => tell(copy[place]) !== tell(kept[place]),
  )
  if (wrong === undefined) return []
  const evidence = `${name} has ${tell(copy[wrong])} where the conversation has ${tell(kept[wrong])}, of ${kept.length}`
  return [{ kind: 'copy', evidence }]
}

/** `copy`: another holds something else than the conversation; `parked`: a service gave up on an event. */
export interface Found {
  kind:
    | 'lost'
    | 'doubled'
    | 'reordered'
    | 'gap'
    | 'moved'
    | 'phantom'
    | 'copy'
    | 'parked'
    | 'stream-gap'
    | 'stream-repeat'
    | 'unseen'
  evidence: string
}

export interface Problem extends Found {
  conversation: string
}
