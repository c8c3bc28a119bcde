import { EventEmitter } from 'node:events'
import { randomUUID } from 'node:crypto'
import type { Author, Conversation, LiveEvent, Message } from '@candor/contracts/chat/schemas'

/** Conversations in memory, with the promises of the chat contract that a client relies on. */
export function createChatModel(): ChatModel {
  const held = new Map<string, Held>()
  const emitter = new EventEmitter().setMaxListeners(0)
  let broadcastsToMiss = 0

  function broadcast(conversationId: string, event: LiveEvent): void {
    if (broadcastsToMiss > 0) broadcastsToMiss--
    else emitter.emit(conversationId, event)
  }

  function find(conversationId: string): Held | undefined {
    return held.get(conversationId)
  }

  function get(conversationId: string): Held {
    const found = find(conversationId)
    if (found === undefined) throw new Error(`No conversation ${conversationId}`)
    return found
  }

  function change(conversationId: string, changes: Partial<Conversation>): Conversation {
    const entry = get(conversationId)
    Object.assign(entry.conversation, changes, { updatedAt: new Date().toISOString() })
    broadcast(conversationId, { type: 'conversation', conversation: { ...entry.conversation } })
    return entry.conversation
  }

  function post(conversationId: string, draft: Draft): Message {
    const { conversation, messages } = get(conversationId)
    const clientMessageId = draft.clientMessageId ?? randomUUID()
    const earlier = messages.find((message) => message.clientMessageId === clientMessageId)
    if (earlier) return earlier
    const message: Message = {
      id: randomUUID(),
      conversationId,
      seq: messages.length + 1,
      author: draft.author,
      text: draft.text,
      notice: draft.notice ?? null,
      clientMessageId,
      createdAt: new Date().toISOString(),
    }
    messages.push(message)
    conversation.lastSeq = message.seq
    broadcast(conversationId, { type: 'message', message })
    return message
  }

  return {
    emitter,
    find,
    get,
    post,
    change,
    broadcast,
    missBroadcasts: (count) => {
      broadcastsToMiss = count
    },
    start: (visitorId, contact) => {
      const now = new Date().toISOString()
      const conversation: Conversation = {
        id: randomUUID(),
        channel: 'chat',
        status: 'waiting',
        contact: { id: randomUUID(), name: contact.name ?? null, email: contact.email ?? null },
        assignee: null,
        page: contact.page ?? null,
        lastSeq: 0,
        lastMessage: null,
        markers: { visitor: { delivered: 0, read: 0 }, staff: { delivered: 0, read: 0 } },
        startedAt: now,
        updatedAt: now,
        closedAt: null,
      }
      held.set(conversation.id, { visitorId, conversation, messages: [], isArchived: true, rating: null })
      return conversation
    },
    all: () => [...held.values()],
    say: (conversationId, text) => post(conversationId, { author: maya, text }),
    take: (conversationId) => {
      post(conversationId, { author: maya, text: '', notice: 'taken' })
      change(conversationId, { status: 'open', assignee: { userId: maya.userId, name: maya.name } })
    },
    close: (conversationId) => {
      post(conversationId, { author: maya, text: '', notice: 'closed' })
      return change(conversationId, { status: 'closed', closedAt: new Date().toISOString() })
    },
    mark: (conversationId, side, state, seq) => {
      const { conversation } = get(conversationId)
      const marker = conversation.markers[side]
      marker[state] = Math.max(marker[state], seq)
      marker.delivered = Math.max(marker.delivered, marker.read)
      broadcast(conversationId, {
        type: 'markers',
        conversationId,
        markers: structuredClone(conversation.markers),
      })
      return conversation.markers
    },
    type: (conversationId, side, typing) =>
      broadcast(conversationId, {
        type: 'typing',
        conversationId,
        side,
        name: side === 'staff' ? maya.name : null,
        typing,
      }),
    erase: (conversationId) => {
      held.delete(conversationId)
      broadcast(conversationId, { type: 'gone', conversationId })
    },
  }
}

export const maya = { kind: 'staff', userId: randomUUID(), name: 'Maya' } as const

export interface ChatModel {
  emitter: EventEmitter
  find(conversationId: string): Held | undefined
  get(conversationId: string): Held
  all(): Held[]
  start(visitorId: string, contact: Contact): Conversation
  post(conversationId: string, draft: Draft): Message
  change(conversationId: string, changes: Partial<Conversation>): Conversation
  broadcast(conversationId: string, event: LiveEvent): void
  /** The next so many broadcasts reach nobody. */
  missBroadcasts(count: number): void
  say(conversationId: string, text: string): Message
  take(conversationId: string): void
  close(conversationId: string): Conversation
  mark(conversationId: string, side: Side, state: 'delivered' | 'read', seq: number): Conversation['markers']
  type(conversationId: string, side: Side, typing: boolean): void
  erase(conversationId: string): void
}

export interface Held {
  visitorId: string
  conversation: Conversation
  messages: Message[]
  /** Whether the archive has it already, once it is closed. */
  isArchived: boolean
  rating: string | null
}

type Side = 'visitor' | 'staff'

interface Contact {
  name?: string | null
  email?: string | null
  page?: string | null
}

interface Draft {
  author: Author
  text: string
  clientMessageId?: string
  notice?: Message['notice']
}
