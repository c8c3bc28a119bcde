import type { PrivacyRequest } from '@candor/contracts/privacy/schemas'
import { Badge } from '../../ui/badge.tsx'
import type { BadgeTone } from '../../ui/badge.tsx'

export function StateBadge({ request: { kind, state } }: { request: PrivacyRequest }) {
  const [tone, text] = states[state]
  return (
    <Badge tone={tone}>{state === 'completed' ? (kind === 'access' ? 'Answered' : 'Erased') : text}</Badge>
  )
}

export const kindNames = { access: 'Copy of your data', erasure: 'Erasure' }

const states: Record<PrivacyRequest['state'], [BadgeTone, string]> = {
  'awaiting-proof': ['plain', 'Waiting for proof'],
  'in-progress': ['wait', 'In progress'],
  completed: ['good', 'Done'],
  lapsed: ['plain', 'Lapsed'],
}
