import type { Conversation, LiveEvent, Message } from '@candor/contracts/chat/schemas'
import type { LiveNote } from './bus.ts'

/** A note as all its readers share it: its events are made once, and so are checked and encoded once. */
export function tellNote(note: LiveNote): ToldNote {
  if (note.kind === 'typing') return note
  const state = tellState(note.conversation)
  return note.kind === 'message'
    ? { kind: 'message', message: tellMessage(note.message), state }
    : { kind: 'conversation', state }
}

export type ToldNote =
  | { kind: 'message'; message: Told<'message'>; state: ToldState }
  | { kind: 'conversation'; state: ToldState }
  | { kind: 'typing'; event: Told<'typing'> }

export function tellMessage(message: Message): Told<'message'> {
  return { type: 'message', message }
}

/** What streams say of a conversation beside its messages, and whether that has changed. */
export function tellState(conversation: Conversation): ToldState {
  const { id, lastSeq, markers, status, assignee, contact, closedAt } = conversation
  return {
    lastSeq,
    conversation: { type: 'conversation', conversation },
    markers: { type: 'markers', conversationId: id, markers },
    conversationKey: JSON.stringify([status, assignee, contact, closedAt]),
    markersKey: JSON.stringify(markers),
  }
}

export interface ToldState {
  readonly lastSeq: number
  readonly conversation: Told<'conversation'>
  readonly markers: Told<'markers'>
  /** Two that are equal have the same to say. */
  readonly conversationKey: string
  readonly markersKey: string
}

type Told<Type extends LiveEvent['type']> = Extract<LiveEvent, { type: Type }>
