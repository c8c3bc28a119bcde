import type { Conversation } from '@candor/contracts/chat/schemas'
import type { Backoff } from './backoff.ts'
import type { Candor } from './create-candor.ts'
import { keepLive } from './keep-live.ts'
import type { ConnectionState } from './keep-live.ts'

/**
 * Follows every change of a business's inbox, for staff. The stream carries changes, not the list: `onReset` says
 * that some may have been missed and the list has to be read again, also on the first connect.
 */
export function followInbox(candor: Candor, options: FollowInboxOptions): FollowedInbox {
  return keepLive(candor, {
    position: () => null,
    onEvent: (event) => {
      if (event.type === 'conversation') options.onConversation(event.conversation)
      else if (event.type === 'gone') options.onGone(event.conversationId)
      else if (event.type === 'reset') options.onReset()
    },
    onConnection: options.onConnection,
    backoff: options.backoff,
  })
}

export interface FollowInboxOptions {
  onConversation: (conversation: Conversation) => void
  onGone: (conversationId: string) => void
  onReset: () => void
  onConnection?: (state: ConnectionState) => void
  backoff?: Backoff
}

export interface FollowedInbox {
  retryNow(): void
  stop(): void
}
