import { isRetryable } from '@candor/client/call-error'
import type { Conversation, Markers, Message } from '@candor/contracts/chat/schemas'

/** A conversation on the screen: what the server has confirmed, and what is still on its way there. */
export const emptyThread: Thread = { messages: [], pending: [], conversation: null, hasLoaded: false }

export function changeThread(thread: Thread, action: ThreadAction): Thread {
  switch (action.type) {
    case 'loaded':
      return settle({ ...thread, messages: merge(thread.messages, action.messages), hasLoaded: true })
    case 'conversation':
      return { ...thread, conversation: action.conversation }
    case 'markers':
      return thread.conversation
        ? { ...thread, conversation: { ...thread.conversation, markers: action.markers } }
        : thread
    case 'reset':
      return { ...thread, messages: [] }
    case 'writing':
      return { ...thread, pending: [...thread.pending, { ...action.message, state: 'sending' }] }
    case 'resending':
      return { ...thread, pending: mark(thread.pending, action.clientMessageId, 'sending') }
    case 'failed':
      return { ...thread, pending: mark(thread.pending, action.clientMessageId, 'failed', action.error) }
    case 'discarded':
      return {
        ...thread,
        pending: thread.pending.filter((one) => one.clientMessageId !== action.clientMessageId),
      }
  }
}

/**
 * Confirmed messages up to the first gap in their numbers. What stands after a gap waits until the missing one has
 * been fetched, so that nothing ever appears in the wrong place.
 */
export function shownMessages(thread: Thread): Message[] {
  const gap = thread.messages.findIndex((message, index) => {
    const previous = thread.messages[index - 1]
    return previous !== undefined && message.seq !== previous.seq + 1
  })
  return gap === -1 ? thread.messages : thread.messages.slice(0, gap)
}

/**
 * How far an unsent message is. What may still succeed goes again by itself as soon as there is a connection, and
 * until then it waits; that it failed is said only where somebody has to decide.
 */
export function sendingState({ state, error }: Pending, { isLive, isOffline }: Line): SendingState {
  if (state === 'sending') return isOffline ? 'waiting' : 'sending'
  return isRetryable(error) && (isOffline || !isLive) ? 'waiting' : 'failed'
}

/** Whether messages exist before the first one held. */
export function hasOlder(thread: Thread): boolean {
  return (thread.messages[0]?.seq ?? 1) > 1
}

/** In order, each once; the same message may come from the stream, from a list and as the answer to sending it. */
function merge(held: Message[], added: Message[]): Message[] {
  const bySeq = new Map([...held, ...added].map((message) => [message.seq, message]))
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq)
}

/** What the server shows is no longer pending. */
function settle(thread: Thread): Thread {
  const shown = new Set(shownMessages(thread).map((message) => message.clientMessageId))
  return { ...thread, pending: thread.pending.filter((one) => !shown.has(one.clientMessageId)) }
}

function mark(pending: Pending[], id: string, state: Pending['state'], error?: unknown): Pending[] {
  return pending.map((one) => (one.clientMessageId === id ? { ...one, state, error } : one))
}

export interface Thread {
  messages: Message[]
  pending: Pending[]
  conversation: Conversation | null
  hasLoaded: boolean
}

/** Whether the stream is live, and whether the device itself says that it has no network. */
export interface Line {
  isLive: boolean
  isOffline: boolean
}

export type SendingState = Pending['state'] | 'waiting'

export interface Pending {
  clientMessageId: string
  text: string
  createdAt: string
  state: 'sending' | 'failed'
  error?: unknown
}

export type ThreadAction =
  | { type: 'loaded'; messages: Message[] }
  | { type: 'conversation'; conversation: Conversation }
  | { type: 'markers'; markers: Markers }
  | { type: 'reset' }
  | { type: 'writing'; message: Omit<Pending, 'state' | 'error'> }
  | { type: 'resending'; clientMessageId: string }
  | { type: 'failed'; clientMessageId: string; error: unknown }
  | { type: 'discarded'; clientMessageId: string }
