import type { Author, Message } from '@candor/contracts/chat/schemas'
import { isSameDay } from '../../ui/time.tsx'
import type { Pending } from './thread.ts'

/** What the list shows, from top to bottom: days, notices, and runs of messages by one author. */
export function groupMessages(messages: Message[], pending: Pending[], me: Author): Block[] {
  const blocks: Block[] = []
  const entries = [...messages.map(fromMessage), ...pending.map((one) => fromPending(one, me))]
  let previous: Entry | undefined
  for (const entry of entries) {
    const isNewDay = !previous || !isSameDay(new Date(previous.at), new Date(entry.at))
    if (isNewDay) blocks.push({ kind: 'day', key: `day-${entry.key}`, at: entry.at })
    const last = blocks.at(-1)
    if (entry.notice || entry.author.kind === 'system') blocks.push({ kind: 'notice', key: entry.key, entry })
    else if (!isNewDay && last?.kind === 'run' && continues(last, entry)) last.entries.push(entry)
    else blocks.push({ kind: 'run', key: entry.key, author: entry.author, entries: [entry] })
    previous = entry
  }
  return blocks
}

function continues(run: Run, entry: Entry): boolean {
  const last = run.entries.at(-1)
  const isSoon = last !== undefined && Date.parse(entry.at) - Date.parse(last.at) < 5 * 60_000
  return isSoon && authorKey(run.author) === authorKey(entry.author)
}

function authorKey(author: Author): string {
  return author.kind === 'staff' ? author.userId : author.kind
}

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

export type Block =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'notice'; key: string; entry: Entry }
  | Run

export interface Run {
  kind: 'run'
  key: string
  author: Author
  entries: Entry[]
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
