import { ArrowDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { dayName } from '../../ui/time.tsx'
import { toastProblem } from '../../ui/toast.tsx'
import { useAccount } from '../account.ts'
import { useIsOffline } from '../shell/use-is-offline.ts'
import { Announcer } from './announcer.tsx'
import { contactName } from './conversation-row.tsx'
import { groupMessages } from './message-groups.ts'
import { MessageRun } from './message-run.tsx'
import { NoticeLine } from './notice-line.tsx'
import { hasOlder, shownMessages } from './thread.ts'
import { TypingIndicator } from './typing-indicator.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'
import type { LiveThread } from './use-thread.ts'

export function MessageList({ live, onRetry }: MessageListProps) {
  const { thread, isVisitorTyping, loadOlder, dispatch } = live
  const { user } = useAccount()
  const messages = shownMessages(thread)
  const blocks = useMemo(
    () => groupMessages(messages, thread.pending, { kind: 'staff', userId: user.id, name: user.name }),
    [messages, thread.pending, user],
  )
  const line = { isLive: live.connection.status === 'live', isOffline: useIsOffline() }
  const { box, onScroll, isAway, toEnd } = useStickToEnd(messages[0]?.seq ?? 0)
  const name = thread.conversation ? contactName(thread.conversation.contact) : 'Visitor'
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label="Messages"
        className="h-full overflow-y-auto overscroll-contain px-3 py-4 -outline-offset-2 [overflow-anchor:none] sm:px-6"
      >
        <div className="mx-auto flex min-h-full max-w-3xl flex-col justify-end gap-4">
          {hasOlder(thread) && <LoadOlder onLoad={loadOlder} />}
          <ol className="flex flex-col gap-4">
            {blocks.map((block) => (
              <li key={block.key}>
                {block.kind === 'day' && <DayLine at={block.at} />}
                {block.kind === 'notice' && <NoticeLine entry={block.entry} />}
                {block.kind === 'run' && (
                  <MessageRun
                    run={block}
                    visitorName={name}
                    seen={thread.conversation?.markers.visitor}
                    line={line}
                    contactId={thread.conversation?.contact.id ?? ''}
                    onRetry={onRetry}
                    onDiscard={(clientMessageId) => dispatch({ type: 'discarded', clientMessageId })}
                  />
                )}
              </li>
            ))}
          </ol>
          {isVisitorTyping && <TypingIndicator name={name} />}
        </div>
      </div>
      {isAway && (
        <Button
          size="sm"
          onPress={toEnd}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
        >
          <ArrowDown aria-hidden="true" /> Latest
        </Button>
      )}
      <Announcer messages={messages} visitorName={name} />
    </div>
  )
}

function LoadOlder({ onLoad }: { onLoad: () => Promise<void> }) {
  const [isPending, setPending] = useState(false)
  function load() {
    setPending(true)
    onLoad()
      .catch(toastProblem)
      .finally(() => setPending(false))
  }
  return (
    <div className="flex justify-center">
      <Button size="sm" variant="quiet" isPending={isPending} onPress={load}>
        Show earlier messages
      </Button>
    </div>
  )
}

function DayLine({ at }: { at: string }) {
  return (
    <div className="flex items-center gap-3 pt-2 text-xs font-medium text-muted">
      <span className="h-px flex-1 bg-line" />
      {dayName(new Date(at))}
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

interface MessageListProps {
  live: LiveThread
  onRetry: (clientMessageId: string, text: string) => void
}
