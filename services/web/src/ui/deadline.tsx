import { AlarmClock, TriangleAlert } from 'lucide-react'
import { Badge } from './badge.tsx'
import { timeLeft } from './time-left.ts'

/** The time that is left until a limit: quiet, then amber, then red. */
export function Deadline({ at }: { at: string }) {
  const { text, urgency } = timeLeft(at)
  const Icon = urgency === 'overdue' ? TriangleAlert : AlarmClock
  return (
    <Badge tone={tones[urgency]}>
      <Icon aria-hidden="true" className="size-3.5" />
      {text}
    </Badge>
  )
}

const tones = { calm: 'plain', soon: 'wait', overdue: 'bad' } as const
