import type { Markers } from '@candor/contracts/chat/schemas'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { problemOf } from '../../ui/problem.ts'
import { Time } from '../../ui/time.tsx'
import { LinkedText } from './linked-text.tsx'
import type { Entry, Run } from './message-groups.ts'
import { sendingState } from './thread.ts'
import type { Line } from './thread.ts'
import { Tick } from './tick.tsx'

/** Messages one person wrote in a row. The visitor stands left, staff right. */
export function MessageRun({ run, visitorName, contactId, seen, line, onRetry, onDiscard }: MessageRunProps) {
  const isStaff = run.author.kind === 'staff'
  const name = run.author.kind === 'staff' ? run.author.name : visitorName
  const id = run.author.kind === 'staff' ? run.author.userId : contactId
  const last = run.entries.at(-1)
  return (
    <div className={`flex items-end gap-2.5 ${isStaff ? 'flex-row-reverse' : ''}`}>
      <Avatar name={run.author.kind === 'visitor' ? run.author.name : name} id={id} size="sm" />
      <div className={`flex max-w-[82%] min-w-0 flex-col gap-1 ${isStaff ? 'items-end' : 'items-start'}`}>
        <span className="sr-only">{name} wrote:</span>
        {run.entries.map((entry, index) => (
          <Bubble key={entry.key} entry={entry} isStaff={isStaff} isLast={index === run.entries.length - 1} />
        ))}
        {last && (
          <span className="flex items-center gap-1.5 px-1 text-xs text-muted">
            <span aria-hidden="true">{name} ·</span>
            <Time at={last.at} as="time" />
            {isStaff && seen && <Tick entry={last} seen={seen} line={line} />}
          </span>
        )}
        {run.entries
          .filter((entry) => entry.pending && sendingState(entry.pending, line) === 'failed')
          .map((entry) => (
            <Failed key={entry.key} entry={entry} onRetry={onRetry} onDiscard={onDiscard} />
          ))}
      </div>
    </div>
  )
}

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
}: { entry: Entry } & Pick<MessageRunProps, 'onRetry' | 'onDiscard'>) {
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

interface MessageRunProps {
  run: Run
  visitorName: string
  contactId: string
  seen: Markers['visitor'] | undefined
  line: Line
  onRetry: (clientMessageId: string, text: string) => void
  onDiscard: (clientMessageId: string) => void
}
