import { findErrorData, findReason } from '@candor/client/call-error'
import type { StartConversation } from '@candor/contracts/chat/schemas'
import type { AfterPart } from './after/start.ts'
import { cleanText } from './clean-text.ts'
import { followInto } from './follow-into.ts'
import type { Following } from './follow-into.ts'
import type { Memory } from './memory.ts'
import { newId } from './new-id.ts'
import { createSendQueue } from './send-queue.ts'
import { emptyState, goneState, isOver, offlineState, withMessage } from './state.ts'
import type { PendingMessage, State } from './state.ts'
import type { Store } from './store.ts'
import { createTypingSignal } from './typing-signal.ts'
import { createVisitor } from './visitor.ts'

/** All a visitor can do. No session, client or storage exists before the first click. */
export function createChat({ origin, widgetKey, store, memory }: ChatOptions): Chat {
  let following: Following | undefined
  const visitor = createVisitor({
    origin,
    widgetKey,
    tokens: memory.tokens,
    onChange: change,
    onEnd: sessionEnded,
  })
  const queue = createSendQueue({
    getPending: () => store.get().pending,
    setPending: (pending) => change({ pending }),
    deliver,
    onRefused: refused,
  })
  const typing = createTypingSignal((isTyping) => {
    const { conversationId } = store.get()
    if (conversationId === null) return
    // It shows for seconds only: a signal that is lost is not worth a word.
    visitor
      .candor()
      .chat.setTyping.mutate({ conversationId, typing: isTyping })
      .catch(() => {})
  })

  addEventListener('offline', () => store.set(offlineState))
  addEventListener('online', () => {
    if (following === undefined) reconnect()
  })

  return {
    open,
    close: () => {
      if (store.get().isOpen) change({ isOpen: false })
    },
    resume,
    startSession,
    type,
    fillIn: (changes) => change({ ...changes, isEmailRefused: false }),
    send,
    retry: (clientMessageId) => {
      queue.retry(clientMessageId)
      following?.retryNow()
    },
    reconnect,
    startAgain,
    offerAfter,
  }

  function change(changes: Parameters<Store['set']>[0]): void {
    store.set(changes)
    memory.remember(store.get())
  }

  /** A conversation that is followed says for itself when its line is back. */
  function reconnect(): void {
    if (following !== undefined) return following.retryNow()
    store.set({ isOffline: false })
    if (store.get().phase === 'failed') startSession()
    else if (store.get().pending.length > 0) queue.retryAll()
  }

  function sessionEnded(): void {
    change({ lost: 'ended', pending: store.get().pending.map((one) => ({ ...one, state: 'failed' })) })
  }

  function open(): void {
    change({ isOpen: true })
    following?.show()
    if (store.get().phase === 'idle' || store.get().phase === 'failed') startSession()
  }

  /** Goes on with what an earlier page of this tab has begun. */
  function resume(): void {
    const { isOpen, name, email, pending, conversationId } = store.get()
    if (memory.tokens.read() === null)
      return store.set({ ...emptyState, name, email, draft: unsentOf(store.get()) })
    change({ phase: 'ready', isOpen: isOpen && !matchMedia('(max-width: 480px)').matches })
    if (conversationId !== null) follow(conversationId)
    if (pending.length > 0) queue.retryAll()
  }

  function startSession(): void {
    visitor.start().then(queue.run, () => {})
  }

  function type(draft: string): void {
    change({ draft })
    typing.typed(draft !== '')
  }

  function send(): void {
    const { draft, pending } = store.get()
    const text = cleanText(draft)
    if (text === '' || isOver(store.get())) return
    typing.typed(false)
    change({ draft: '', pending: [...pending, { clientMessageId: newId(), text, state: 'sending' }] })
    queue.run()
  }

  async function deliver({ clientMessageId, text }: PendingMessage): Promise<void> {
    await visitor.start()
    const { chat } = visitor.candor()
    const { conversationId, name, email } = store.get()
    if (conversationId !== null) {
      const message = await chat.postMessage.mutate({ conversationId, clientMessageId, text })
      store.set({ messages: withMessage(store.get().messages, message) })
      return following?.expect(message.seq)
    }
    const started = await begin({
      name: cleanText(name) || null,
      email: email.trim() || null,
      text,
      clientMessageId,
      page: `${location.origin}${location.pathname}`.slice(0, 500),
    })
    change({ conversationId: started.conversation.id, conversation: started.conversation })
    if (started.message) store.set({ messages: withMessage(store.get().messages, started.message) })
    follow(started.conversation.id)
  }

  /** A session belongs to one address. With another one it may be somebody else at the same device: start anew. */
  async function begin(first: StartConversation) {
    try {
      return await visitor.candor().chat.startConversation.mutate(first)
    } catch (error) {
      if (findReason(error) !== 'conflict') throw error
      visitor.end()
      await visitor.start()
      return visitor.candor().chat.startConversation.mutate(first)
    }
  }

  /** A refused address sends the visitor back to it, with all the text where it was. */
  function refused(error: unknown): void {
    const data = findErrorData(error)
    const { conversation, conversationId } = store.get()
    if (data?.fields?.some(({ path }) => path === 'email')) {
      change({ isEmailRefused: true, draft: unsentOf(store.get()), pending: [] })
    } else if (data?.reason === 'closed') {
      store.set({ conversation: conversation && { ...conversation, status: 'closed' } })
    } else if (data?.reason === 'not-found' && conversationId !== null) change(goneState)
  }

  function follow(conversationId: string): void {
    following?.stop()
    following = followInto(visitor.candor(), conversationId, store, queue.retryAll)
  }

  /** Text that didn't get through moves into the new conversation's box. */
  function startAgain(): void {
    following?.stop()
    following = undefined
    const { isOpen, business, name, email, lost } = store.get()
    if (lost === 'ended') visitor.end()
    const phase = visitor.isStarted() ? 'ready' : 'idle'
    change({ ...emptyState, isOpen, business, name, email, draft: unsentOf(store.get()), phase })
    if (phase === 'idle') startSession()
  }

  /** Loaded beside this script once there is use for it; a page that allows no other script goes without. */
  function offerAfter(place: HTMLElement | null): void {
    if (place === null) return
    import(`${origin}/widget-after.js`)
      .then(({ start }: AfterPart) => start(place, { visitor, store, change }))
      .catch(() => {})
  }
}

function unsentOf({ pending, draft }: State): string {
  return [...pending.map(({ text }) => text), draft].filter(Boolean).join('\n\n')
}

export interface ChatOptions {
  origin: string
  widgetKey: string
  store: Store
  memory: Memory
}

export interface Chat {
  open(): void
  close(): void
  resume(): void
  startSession(): void
  type(draft: string): void
  fillIn(changes: { name?: string; email?: string }): void
  send(): void
  retry(clientMessageId: string): void
  reconnect(): void
  startAgain(): void
  /** Puts what can be done with a closed conversation into its place. */
  offerAfter(place: HTMLElement | null): void
}
