import type { Candor } from '@candor/client/create-candor'
import { followConversation } from '@candor/client/follow-conversation'
import type { ConnectionState } from '@candor/client/keep-live'
import { createReadMarks } from '@candor/client/read-marks'
import { goneState, isOver, offlineState, withMessage } from './state.ts'
import type { Store } from './store.ts'

/** Follows a conversation into the state, and tells the other side what has arrived and what was read. */
export function followInto(
  candor: Candor,
  conversationId: string,
  store: Store,
  onLive: () => void,
): Following {
  let typistTimer: ReturnType<typeof setTimeout> | undefined
  let offlineTimer: ReturnType<typeof setTimeout> | undefined
  const marks = createReadMarks((mark) => candor.chat.markRead.mutate({ conversationId, ...mark }))

  const followed = followConversation(candor, conversationId, {
    onMessage: (message) => {
      store.set({ messages: withMessage(store.get().messages, message) })
      if (message.author.kind === 'staff') setTypist(null)
      show()
      endWhenOver()
    },
    onReset: () => store.set({ messages: [] }),
    onConversation: (conversation) => {
      store.set({ conversation })
      endWhenOver()
    },
    onMarkers: (markers) => store.set({ markers }),
    onTyping: (typing) => {
      if (typing.side === 'staff') setTypist(typing.typing ? (typing.name ?? '') : null)
    },
    onConnection: (state) => {
      setOnline(state)
      if (state.status === 'live') onLive()
    },
  })
  document.addEventListener('visibilitychange', show)
  return {
    show,
    expect: followed.expect,
    retryNow: followed.retryNow,
    stop,
  }

  function stop(): void {
    document.removeEventListener('visibilitychange', show)
    clearTimeout(typistTimer)
    clearTimeout(offlineTimer)
    marks.stop()
    followed.stop()
  }

  function show(): void {
    const { messages, isOpen } = store.get()
    const seq = messages.findLast((message) => message.author.kind !== 'visitor')?.seq ?? 0
    const isSeen = isOpen && document.visibilityState === 'visible'
    if (isSeen) store.set({ readSeq: seq })
    marks.reached(seq, isSeen ? 'read' : 'delivered')
  }

  /** A closed conversation says nothing more once its last message is here. */
  function endWhenOver(): void {
    const { conversation, messages } = store.get()
    if (!isOver(store.get()) || (messages.at(-1)?.seq ?? 0) < (conversation?.lastSeq ?? 0)) return
    store.set({ typist: null, isOffline: false })
    stop()
  }

  function setTypist(typist: string | null): void {
    store.set({ typist })
    clearTimeout(typistTimer)
    if (typist !== null) typistTimer = setTimeout(() => setTypist(null), typistMs)
  }

  /** A hiccup is not worth a word: only a line that stays down for a while counts as offline. */
  function setOnline(state: ConnectionState): void {
    if (state.status === 'connecting' || state.status === 'waiting') {
      offlineTimer ??= setTimeout(() => store.set(offlineState), hiccupMs)
      return
    }
    clearTimeout(offlineTimer)
    offlineTimer = undefined
    store.set({ isOffline: false })
    if (state.status !== 'ended') return
    store.set(state.reason === 'not-signed-in' ? { lost: 'ended' } : goneState)
  }
}

export interface Following {
  /** The visitor may be looking now. */
  show(): void
  expect(seq: number): void
  retryNow(): void
  stop(): void
}

const typistMs = 5_000
const hiccupMs = 2_000
