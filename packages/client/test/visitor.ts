import type { Message } from '@candor/contracts/chat/schemas'
import { createCandor } from '../src/create-candor.ts'
import type { Candor } from '../src/create-candor.ts'
import { followConversation } from '../src/follow-conversation.ts'
import type { FollowedConversation } from '../src/follow-conversation.ts'
import type { ConnectionState } from '../src/keep-live.ts'
import { createSession } from '../src/session.ts'
import { memoryTokenStore } from '../src/token-store.ts'
import { widgetKey } from './routers.ts'

/** A visitor in a conversation, who writes down what they see. */
export async function startVisitor(url: string): Promise<Visitor> {
  const session = createSession({ url, store: memoryTokenStore() })
  const candor = createCandor({ url, session, silenceMs: 400, callTimeoutMs: 2_000 })
  session.start(await candor.identity.startVisitorSession.mutate({ widgetKey }))
  const { conversation } = await candor.chat.startConversation.mutate({})
  const seen: Message[] = []
  const states: ConnectionState[] = []
  let resets = 0
  let followed: FollowedConversation | undefined

  return {
    candor,
    conversationId: conversation.id,
    states,
    texts: () => seen.map((message) => message.text),
    resets: () => resets,
    isLive: () => states.at(-1)?.status === 'live',
    follow: (afterSeq) => {
      followed = followConversation(candor, conversation.id, {
        afterSeq,
        onMessage: (message) => seen.push(message),
        onReset: () => {
          resets++
          seen.length = 0
        },
        onConnection: (state) => states.push(state),
        backoff: { baseMs: 20, capMs: 100 },
      })
      return followed
    },
    [Symbol.dispose]: () => {
      followed?.stop()
      session.dispose()
    },
  }
}

export interface Visitor extends Disposable {
  candor: Candor
  conversationId: string
  states: ConnectionState[]
  texts(): string[]
  resets(): number
  isLive(): boolean
  follow(afterSeq?: number): FollowedConversation
}
