import type { Markers } from '@candor/contracts/chat/schemas'
import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react'
import type { Entry } from './message-rows.ts'
import { sendingState } from './thread.ts'
import type { Line } from './thread.ts'

/** How far a message of ours has come. */
export function Tick({ entry, seen, line }: TickProps) {
  const [Icon, text, tone] = stateOf(entry, seen, line)
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`}>
      <Icon aria-hidden="true" className="size-3.5" />
      {text}
    </span>
  )
}

function stateOf({ seq = 0, pending }: Entry, seen: Markers['visitor'], line: Line) {
  const sending = pending && sendingState(pending, line)
  if (sending === 'failed') return [CircleAlert, 'Not sent', 'text-danger-text'] as const
  if (sending) return [Clock, sending === 'waiting' ? 'Waiting for the connection' : 'Sending', ''] as const
  if (seen.read >= seq) return [CheckCheck, 'Read', 'font-medium text-brand-text'] as const
  if (seen.delivered >= seq) return [CheckCheck, 'Delivered', ''] as const
  return [Check, 'Sent', ''] as const
}

interface TickProps {
  entry: Entry
  seen: Markers['visitor']
  line: Line
}
