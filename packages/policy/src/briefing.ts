import type { Policy } from '@candor/contracts/policy/policy'
import { endOf } from './period.ts'

/** What every member of staff reads and acknowledges. A change of the text is a new version. */
export const briefing = {
  version: '2026-11',
  /** When this version came: who acknowledged an earlier one has not acknowledged it. */
  since: '2026-11-01T00:00:00.000Z',
  title: 'Handling personal data in the chat',
  text: `1. What visitors write is theirs. Use it to answer them and for nothing else.
2. Ask only for what the answer needs; never for passwords, card numbers, health or faith.
3. Copy nothing into other tools, notes or private mail.
4. A request to see, correct or erase data goes to the privacy team the same day, in whatever words it comes.
5. Authorities, lawyers and the press are referred to the privacy team. You hand out nothing.
6. Something lost, sent to the wrong person or seen by a stranger is reported at once: 72 hours run from then.
7. What you read is recorded in the audit log, as what you are refused.`,
} as const

/** By when somebody has to acknowledge the briefing (again); null where the notice asks for none. Who is new has a week. */
export function briefingDueAt(
  awareness: Policy['awareness'],
  { acknowledgedAt, joinedAt }: { acknowledgedAt: Date | null; joinedAt: Date },
): Date | null {
  if (!awareness) return null
  const since = new Date(briefing.since)
  if (acknowledgedAt && acknowledgedAt >= since) return endOf(acknowledgedAt, awareness.every)
  return endOf(joinedAt > since ? joinedAt : since, { days: 7 })
}
