import type { Conversation, LiveEvent, Message } from '@candor/contracts/chat/schemas'
import { share } from '@candor/rpc/stream-events'
import type { Shared } from '@candor/rpc/stream-events'
import type { LiveNote } from './bus.ts'

/** A note as all its readers share it: its events are made once, and so are checked and encoded once. */
export function tellNote(note: LiveNote): ToldNote {
  if (note.kind === 'typing') return { kind: 'typing', side: note.event.side, event: share(note.event) }
  const state = tellState(note.conversation)
  if (note.kind === 'conversation') return { kind: 'conversation', state }
  return { kind: 'message', seq: note.message.seq, message: tellMessage(note.message), state }
}

export type ToldNote =
  | { kind: 'message'; seq: number; message: Shared<LiveEvent>; state: ToldState }
  | { kind: 'conversation'; state: ToldState }
  | { kind: 'typing'; side: Extract<LiveEvent, { type: 'typing' }>['side']; event: Shared<LiveEvent> }

export function tellMessage(message: Message): Shared<LiveEvent> {
  return share({ type: 'message', message })
}

/** What streams say of a conversation beside its messages, and whether that has changed. */
export function tellState(conversation: Conversation): ToldState {
  const { id, lastSeq, markers, status, assignee, contact, closedAt } = conversation
  return {
    lastSeq,
    conversation: share({ type: 'conversation', conversation }),
    markers: share({ type: 'markers', conversationId: id, markers }),
    conversationKey: JSON.stringify([status, assignee, contact, closedAt]),
    markersKey: JSON.stringify(markers),
  }
}

export interface ToldState {
  readonly lastSeq: number
  readonly conversation: Shared<LiveEvent>
  readonly markers: Shared<LiveEvent>
  /** Two that are equal have the same to say. */
  readonly conversationKey: string
  readonly markersKey: string
}
