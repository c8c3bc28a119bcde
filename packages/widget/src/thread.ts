import type { Author, Markers, Message } from '@candor/contracts/chat/schemas'
import type { State } from './state.ts'

/** What stands in the log: runs of messages of one side, close in time, and notices between them. */
export function threadOf({ messages, pending, markers, isOffline }: Thread): Block[] {
  const blocks: Block[] = []
  for (const message of messages) {
    if (message.notice !== null) blocks.push({ kind: 'notice', key: message.id, message })
    else addLine(blocks, message.author, message.createdAt, { ...message, state: stateOf(message, markers) })
  }
  const confirmed = new Set(messages.map((message) => message.clientMessageId))
  for (const message of pending) {
    if (confirmed.has(message.clientMessageId)) continue
    const state = isOffline ? 'held' : message.state
    addLine(blocks, { kind: 'visitor', name: null }, null, { ...message, state })
  }
  return blocks
}

export type Block =
  | { kind: 'notice'; key: string; message: Message }
  | { kind: 'run'; key: string; author: Author; createdAt: string | null; lines: Line[] }

export interface Line {
  clientMessageId: string
  text: string
  state: LineState
}

/** How far a line is on its way to the other side; `held` goes by itself once there is a connection. */
export type LineState = 'sending' | 'held' | 'failed' | 'sent' | 'delivered' | 'read'

function addLine(blocks: Block[], author: Author, createdAt: string | null, line: Line): void {
  const last = blocks.at(-1)
  if (last?.kind !== 'run' || nameOf(last.author) !== nameOf(author) || isApart(last.createdAt, createdAt)) {
    blocks.push({ kind: 'run', key: line.clientMessageId, author, createdAt, lines: [line] })
    return
  }
  last.lines.push(line)
  last.createdAt = createdAt ?? last.createdAt
}

function nameOf(author: Author): string {
  return author.kind === 'staff' ? author.userId : author.kind
}

function isApart(earlier: string | null, later: string | null): boolean {
  return earlier !== null && later !== null && Date.parse(later) - Date.parse(earlier) > apartMs
}

function stateOf({ seq }: Message, markers: Markers | null): LineState {
  if (markers === null) return 'sent'
  if (seq <= markers.staff.read) return 'read'
  return seq <= markers.staff.delivered ? 'delivered' : 'sent'
}

const apartMs = 300_000

type Thread = Pick<State, 'messages' | 'pending' | 'markers' | 'isOffline'>
