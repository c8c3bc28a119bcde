import type { Author, Message } from '@candor/contracts/chat/schemas'
import type { Pending } from './thread.ts'

/**
 * What the list shows, from top to bottom: messages, which run on while one author writes, and notices. When there are
 * older ones that have not been read, the first is taken to run on from them, so that it need not change once they are.
 */
export function rowsOf(messages: Message[], pending: Pending[], me: Author, hasOlder: boolean): Row[] {
  const rows: Row[] = []
  const entries = [...messages.map(fromMessage), ...pending.map((one) => fromPending(one, me))]
  let day = noDay
  for (const entry of entries) {
    const at = Date.parse(entry.at)
    const isNewDay = at < day.from || at >= day.to
    if (isNewDay) day = dayOf(at)
    const kind = entry.notice || entry.author.kind === 'system' ? 'notice' : 'message'
    const last = rows.at(-1)
    const startsDay = isNewDay && (last !== undefined || !hasOlder)
    const isRunning =
      !startsDay &&
      kind === 'message' &&
      (last ? last.kind === 'message' && continues(last.entry, entry) : hasOlder)
    if (last && isRunning) last.isLast = false
    rows.push({ kind, key: entry.key, entry, startsDay, isFirst: !isRunning, isLast: true })
  }
  return rows
}

function continues(last: Entry, entry: Entry): boolean {
  const isSoon = Date.parse(entry.at) - Date.parse(last.at) < 5 * 60_000
  return isSoon && authorKey(last.author) === authorKey(entry.author)
}

function authorKey(author: Author): string {
  return author.kind === 'staff' ? author.userId : author.kind
}

/** The day of a moment where the reader is. */
function dayOf(at: number): typeof noDay {
  return { from: new Date(at).setHours(0, 0, 0, 0), to: new Date(at).setHours(24, 0, 0, 0) }
}

const noDay = { from: Infinity, to: Infinity }

function fromMessage(message: Message): Entry {
  return {
    key: message.clientMessageId,
    author: message.author,
    text: message.text,
    notice: message.notice,
    at: message.createdAt,
    seq: message.seq,
  }
}

/** Keyed as the confirmed message will be, so that confirming moves nothing. */
function fromPending(pending: Pending, me: Author): Entry {
  return {
    key: pending.clientMessageId,
    author: me,
    text: pending.text,
    notice: null,
    at: pending.createdAt,
    pending,
  }
}

/** The first of a run says who writes, the last one when. */
export interface Row {
  kind: 'message' | 'notice'
  key: string
  entry: Entry
  startsDay: boolean
  isFirst: boolean
  isLast: boolean
}

export interface Entry {
  key: string
  author: Author
  text: string
  notice: Message['notice']
  at: string
  seq?: number
  pending?: Pending
}
