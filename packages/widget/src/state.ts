import type { Conversation, Markers, Message } from '@candor/contracts/chat/schemas'
import type { VisitorSession } from '@candor/contracts/identity/schemas'

/** All that the widget shows; views are drawn from it and nothing else. */
export interface State {
  isOpen: boolean
  phase: Phase
  business: VisitorSession['business'] | null
  name: string
  /** The name by which a visitor who agreed to it is greeted on coming back. */
  knownName: string | null
  email: string
  isEmailRefused: boolean
  draft: string
  conversationId: string | null
  conversation: Conversation | null
  messages: Message[]
  /** What was sent and is not confirmed, in the order typed. */
  pending: PendingMessage[]
  markers: Markers | null
  /** How far this visitor has read, known here before the service confirms it. */
  readSeq: number
  /** Name of the agent who is typing. */
  typist: string | null
  isOffline: boolean
  /** Why the conversation can't go on, apart from having been closed. */
  lost: 'gone' | 'ended' | null
  /** Whether the visitor has said how the closed conversation went. */
  isRated: boolean
}

/** How far the visitor's session is; `unavailable` means no business has this widget key. */
export type Phase = 'idle' | 'starting' | 'ready' | 'failed' | 'unavailable'

export interface PendingMessage {
  clientMessageId: string
  text: string
  state: 'sending' | 'failed'
}

export const emptyState: State = {
  isOpen: false,
  phase: 'idle',
  business: null,
  name: '',
  knownName: null,
  email: '',
  isEmailRefused: false,
  draft: '',
  conversationId: null,
  conversation: null,
  messages: [],
  pending: [],
  markers: null,
  readSeq: 0,
  typist: null,
  isOffline: false,
  lost: null,
  isRated: false,
}

/** What was erased is not shown any longer either. */
export const goneState = { lost: 'gone', messages: [], typist: null } satisfies Partial<State>

/** Of the other side nothing is known meanwhile. */
export const offlineState = { isOffline: true, typist: null } satisfies Partial<State>

export function isOver(state: State): boolean {
  return state.lost !== null || state.conversation?.status === 'closed'
}

export function countUnread({ messages, markers, readSeq }: State): number {
  const seq = Math.max(readSeq, markers?.visitor.read ?? 0)
  return messages.filter((message) => isFromStaff(message) && message.seq > seq).length
}

/** What a person of the business wrote, as opposed to notices of what they did. */
function isFromStaff({ author, notice }: Message): boolean {
  return author.kind === 'staff' && notice === null
}

/** Adds a message at its place, once, however often and by whichever way it comes. */
export function withMessage(messages: Message[], message: Message): Message[] {
  const at = messages.findLastIndex(({ seq }) => seq <= message.seq)
  return messages[at]?.seq === message.seq ? messages : messages.toSpliced(at + 1, 0, message)
}
