import type { Markers } from '@candor/contracts/chat/schemas'
import { memo } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { problemOf } from '../../ui/problem.ts'
import { Time } from '../../ui/time.tsx'
import { LinkedText } from './linked-text.tsx'
import type { Entry, Row } from './message-rows.ts'
import { sendingState } from './thread.ts'
import type { Line } from './thread.ts'
import { Tick } from './tick.tsx'

/** One message among those that its author wrote in a row. The visitor stands left, staff right. */
export const MessageLine = memo(function MessageLine({
  row: { entry, isFirst, isLast },
  visitorName,
  contactId,
  seen,
  line,
  onRetry,
  onDiscard,
}: MessageLineProps) {
  const isStaff = entry.author.kind === 'staff'
  const name = entry.author.kind === 'staff' ? entry.author.name : visitorName
  const id = entry.author.kind === 'staff' ? entry.author.userId : contactId
  const hasFailed = entry.pending && sendingState(entry.pending, line) === 'failed'
  return (
    <div
      className={`flex items-end gap-2.5 ${isFirst ? 'pt-4' : 'pt-1'} ${isStaff ? 'flex-row-reverse' : ''}`}
    >
      {isLast ? (
        <Avatar name={entry.author.kind === 'visitor' ? entry.author.name : name} id={id} size="sm" />
      ) : (
        <span className="w-7 shrink-0" />
      )}
      <div className={`flex max-w-[82%] min-w-0 flex-col gap-1 ${isStaff ? 'items-end' : 'items-start'}`}>
        {isFirst && <span className="sr-only">{name} wrote:</span>}
        <Bubble entry={entry} isStaff={isStaff} isLast={isLast} />
        {isLast && (
          <span className="flex items-center gap-1.5 px-1 text-xs text-muted">
            <span aria-hidden="true">{name} ·</span>
            <Time at={entry.at} as="time" />
            {isStaff && seen && <Tick entry={entry} seen={seen} line={line} />}
          </span>
        )}
        {hasFailed && <Failed entry={entry} onRetry={onRetry} onDiscard={onDiscard} />}
      </div>
    </div>
  )
})

function Bubble({ entry, isStaff, isLast }: { entry: Entry; isStaff: boolean; isLast: boolean }) {
  const tone = isStaff ? 'bg-bubble text-on-bubble' : 'border border-line bg-raised text-ink'
  const corner = isLast ? (isStaff ? 'rounded-br-[5px]' : 'rounded-bl-[5px]') : ''
  const isSent = entry.pending === undefined
  return (
    <p
      data-seq={entry.seq}
      className={`max-w-full rounded-[18px] px-3.5 py-2 text-[0.9375rem] leading-normal break-words whitespace-pre-wrap ${tone} ${corner} ${isSent ? '' : 'outline-1 outline-offset-2 outline-edge outline-dashed'}`}
    >
      <LinkedText text={entry.text} />
    </p>
  )
}

function Failed({
  entry,
  onRetry,
  onDiscard,
}: { entry: Entry } & Pick<MessageLineProps, 'onRetry' | 'onDiscard'>) {
  const problem = problemOf(entry.pending?.error)
  return (
    <div role="alert" className="flex flex-wrap items-center justify-end gap-1 text-sm text-danger-text">
      <span>Not sent: {problem.title.toLowerCase()}.</span>
      {problem.retryable && (
        <Button size="sm" variant="quiet" onPress={() => onRetry(entry.key, entry.text)}>
          Send again
        </Button>
      )}
      <Button size="sm" variant="quiet" onPress={() => onDiscard(entry.key)}>
        Discard
      </Button>
    </div>
  )
}

interface MessageLineProps {
  row: Row
  visitorName: string
  contactId: string
  seen: Markers['visitor'] | undefined
  line: Line
  onRetry: (clientMessageId: string, text: string) => void
  onDiscard: (clientMessageId: string) => void
}
