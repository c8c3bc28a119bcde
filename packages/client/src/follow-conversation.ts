import type { Conversation, LiveEvent, Markers, Message } from '@candor/contracts/chat/schemas'
import type { Backoff } from './backoff.ts'
import type { Candor } from './create-candor.ts'
import { keepLive } from './keep-live.ts'
import type { ConnectionState } from './keep-live.ts'

/**
 * Follows a conversation for as long as it exists. Each message is delivered once and in order, through cut
 * connections, restarts of the service and missed broadcasts; `onConnection` says how the line is.
 */
export function followConversation(
  candor: Candor,
  conversationId: string,
  options: FollowOptions,
): FollowedConversation {
  let lastSeq = options.afterSeq ?? 0
  let expectedSeq = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Counts resets, so that a page asked for before one is not delivered after it. */
  let epoch = 0

  const connection = keepLive(candor, {
    conversationId,
    position: () => String(lastSeq),
    onEvent: receive,
    onConnection: options.onConnection,
    backoff: options.backoff,
  })
  return {
    expect,
    retryNow: connection.retryNow,
    stop: () => {
      forget()
      connection.stop()
    },
  }

  async function receive(event: LiveEvent): Promise<void> {
    switch (event.type) {
      case 'message':
        if (event.message.seq > lastSeq + 1) await catchUp()
        return deliver(event.message)
      case 'reset':
        forget()
        options.onReset?.()
        return catchUp()
      case 'gone':
        forget()
        return connection.end('gone')
      case 'conversation':
        options.onConversation?.(event.conversation)
        return expect(event.conversation.lastSeq)
      case 'markers':
        return options.onMarkers?.(event.markers)
      case 'typing':
        return options.onTyping?.(event)
    }
  }

  function deliver(message: Message): void {
    if (message.seq <= lastSeq) return
    lastSeq = message.seq
    options.onMessage(message)
  }

  /** What it lists is all there is: a number still missing afterwards belongs to a message that has expired. */
  async function catchUp(): Promise<void> {
    const mine = epoch
    for (;;) {
      const page = await candor.chat.listMessages.query({ conversationId, afterSeq: lastSeq, limit: 200 })
      if (mine !== epoch) return
      page.messages.forEach(deliver)
      if (page.messages.length === 0 || lastSeq >= page.lastSeq) return
    }
  }

  /** A broadcast can be missed with no later one to show it: give it a moment, then ask. */
  function expect(seq: number): void {
    expectedSeq = Math.max(expectedSeq, seq)
    if (expectedSeq <= lastSeq) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (expectedSeq > lastSeq) catchUp().catch(connection.lost)
    }, broadcastMs)
  }

  function forget(): void {
    epoch++
    clearTimeout(timer)
    lastSeq = 0
    expectedSeq = 0
  }
}

export interface FollowOptions {
  /** The last message the caller already has; delivery starts after it. */
  afterSeq?: number
  onMessage: (message: Message) => void
  onConversation?: (conversation: Conversation) => void
  onMarkers?: (markers: Markers) => void
  onTyping?: (typing: Extract<LiveEvent, { type: 'typing' }>) => void
  /** What was delivered so far no longer holds; every message follows anew. */
  onReset?: () => void
  onConnection?: (state: ConnectionState) => void
  backoff?: Backoff
}

export interface FollowedConversation {
  /** Says that a message with this number exists, so that it is fetched should its broadcast be missed. */
  expect(seq: number): void
  retryNow(): void
  stop(): void
}

const broadcastMs = 1_000
