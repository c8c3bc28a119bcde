import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { useCallback, useMemo, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { dayName } from '../../ui/time.tsx'
import { useAccount } from '../account.ts'
import { useIsOffline } from '../shell/use-is-offline.ts'
import { Announcer } from './announcer.tsx'
import { contactName } from './conversation-row.tsx'
import { rowsOf } from './message-rows.ts'
import { MessageLine } from './message-line.tsx'
import { NoticeLine } from './notice-line.tsx'
import { hasOlder, shownMessages } from './thread.ts'
import { TypingIndicator } from './typing-indicator.tsx'
import { useOlder } from './use-older.ts'
import { useStickToEnd } from './use-stick-to-end.ts'
import type { LiveThread } from './use-thread.ts'

/** The messages that are in sight, and a few around them; older ones are loaded before the reader gets there. */
export function MessageList({ live, onRetry }: MessageListProps) {
  const { thread, isVisitorTyping, loadOlder, dispatch } = live
  const { user } = useAccount()
  const messages = shownMessages(thread)
  const isMore = hasOlder(thread)
  const rows = useMemo(
    () => rowsOf(messages, thread.pending, { kind: 'staff', userId: user.id, name: user.name }, isMore),
    [messages, thread.pending, user, isMore],
  )
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index]!.key,
    estimateSize: () => usualHeight,
    // What comes in front moves nothing that is in sight.
    anchorTo: 'end',
    overscan: 10,
    // Room for the button.
    paddingStart: isMore ? 44 : 0,
    paddingEnd: 16,
  })
  const { onScroll, isAway, toEnd } = useStickToEnd(box, `${virtual.getTotalSize()} ${isVisitorTyping}`)
  const older = useOlder(box, isMore, loadOlder)
  const isLive = live.connection.status === 'live'
  const isOffline = useIsOffline()
  const line = useMemo(() => ({ isLive, isOffline }), [isLive, isOffline])
  const discard = useCallback(
    (clientMessageId: string) => dispatch({ type: 'discarded', clientMessageId }),
    [dispatch],
  )
  const name = thread.conversation ? contactName(thread.conversation.contact) : 'Visitor'
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label="Messages"
        className="h-full overflow-y-auto overscroll-contain bg-canvas px-3 -outline-offset-2 [overflow-anchor:none] sm:px-6"
      >
        <div className="relative mx-auto flex min-h-full max-w-3xl flex-col justify-end">
          {isMore && (
            <div className="absolute inset-x-0 top-3 z-10 flex justify-center">
              <Button size="sm" variant="quiet" isPending={older.isLoading} onPress={older.load}>
                Show earlier messages
              </Button>
            </div>
          )}
          <ol className="relative shrink-0" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index]!
              return (
                <li
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  aria-setsize={isMore ? -1 : rows.length}
                  aria-posinset={index + 1}
                  className="absolute inset-x-0 top-0 [contain:layout_style]"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {row.startsDay && <DayLine at={row.entry.at} />}
                  {row.kind === 'notice' && <NoticeLine entry={row.entry} />}
                  {row.kind === 'message' && (
                    <MessageLine
                      row={row}
                      visitorName={name}
                      seen={thread.conversation?.markers.visitor}
                      line={line}
                      contactId={thread.conversation?.contact.id ?? ''}
                      onRetry={onRetry}
                      onDiscard={discard}
                    />
                  )}
                </li>
              )
            })}
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

function DayLine({ at }: { at: string }) {
  return (
    <div className="flex items-center gap-3 pt-6 text-xs font-medium text-muted">
      <span className="h-px flex-1 bg-line" />
      {dayName(new Date(at))}
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

const usualHeight = 56

interface MessageListProps {
  live: LiveThread
  onRetry: (clientMessageId: string, text: string) => void
}
