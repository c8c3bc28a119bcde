import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { reasonOf } from '../../ui/problem.ts'
import { Composer } from './composer.tsx'
import { ContactPanel } from './contact-panel.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { Gone } from './gone.tsx'
import { MessageList } from './message-list.tsx'
import { shownMessages } from './thread.ts'
import { useMarkers } from './use-markers.ts'
import { useSending } from './use-sending.ts'
import { useThread } from './use-thread.ts'

/** One conversation, live, with its contact beside it where there is room. */
export function ConversationPane({
  conversationId,
  onTaken,
}: {
  conversationId: string
  onTaken: () => void
}) {
  const live = useThread(conversationId)
  const { send, retry } = useSending(conversationId, live)
  const { thread, connection, error } = live
  const { conversation } = thread
  useMarkers(conversationId, shownMessages(thread).at(-1)?.seq ?? 0)

  if (connection.status === 'ended' || (error && reasonOf(error) === 'not-found')) return <Gone />
  if (error && !thread.hasLoaded) {
    return (
      <div className="m-auto">
        <ErrorState error={error} onRetry={live.reload} />
      </div>
    )
  }
  if (!conversation) {
    return (
      <div className="w-full">
        <Skeleton lines={8} label="Opening the conversation" />
      </div>
    )
  }
  return (
    <>
      <section aria-label="Conversation" className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas">
        <ConversationHeader conversation={conversation} onChanged={live.setConversation} onTaken={onTaken} />
        <MessageList live={live} onRetry={retry} />
        <Composer conversation={conversation} onSend={send} />
      </section>
      <aside
        aria-label="Contact"
        className="hidden w-80 shrink-0 overflow-y-auto border-l border-line bg-surface xl:block"
      >
        <ContactPanel conversation={conversation} />
      </aside>
    </>
  )
}
