import type { LiveEvent } from '@candor/contracts/chat/schemas'
import type { Clients } from './clients.ts'

/** What staff see of the inbox. */
export function watchInbox(clients: Clients) {
  const { events, stop } = watch(clients, {})
  return {
    isOpen: () => events.some(({ type }) => type === 'reset'),
    has: (id: string) =>
      events.some((event) => event.type === 'conversation' && event.conversation.id === id),
    stop,
  }
}

/** What one side sees of a conversation, in the order in which it came. */
export function watchConversation(clients: Clients, conversationId: string) {
  const { events, stop } = watch(clients, { conversationId })
  return {
    events,
    texts: () =>
      events.flatMap((event) =>
        event.type === 'message' && !event.message.notice ? [event.message.text] : [],
      ),
    seqs: () => events.flatMap((event) => (event.type === 'message' ? [event.message.seq] : [])),
    saw: (type: LiveEvent['type']) => events.some((event) => event.type === type),
    markers: () => events.findLast((event) => event.type === 'markers')?.markers,
    stop,
  }
}

function watch(clients: Clients, input: { conversationId?: string }) {
  const events: LiveEvent[] = []
  const subscription = clients.chat.live.subscribe(input, {
    onData: ({ data }) => events.push(data as LiveEvent),
  })
  return { events, stop: () => subscription.unsubscribe() }
}
