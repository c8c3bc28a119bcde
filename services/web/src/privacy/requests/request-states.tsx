import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { Badge } from '../../ui/badge.tsx'
import type { BadgeTone } from '../../ui/badge.tsx'

export function StateBadge({ request: { kind, state } }: { request: PrivacyRequest }) {
  const [tone, text] = states[state]
  return <Badge tone={tone}>{(state === 'completed' && outcomes[kind]) || text}</Badge>
}

export const kindNames: Record<PrivacyRequest['kind'], string> = {
  access: 'Copy of the data',
  erasure: 'Erasure',
  correction: 'Correction',
  restriction: 'Restriction',
  objection: 'Objection',
  portability: 'File to take elsewhere',
  deactivation: 'Deactivation',
  'marketing-opt-out': 'No marketing',
  'minor-report': 'Report of a minor',
  'ccpa-know': 'Right to know (California)',
  'ccpa-delete': 'Deletion (California)',
  'ccpa-correct': 'Correction (California)',
  'ccpa-opt-out': 'No sale or sharing (California)',
}

const outcomes: Partial<Record<PrivacyRequest['kind'], string>> = {
  access: 'Answered',
  'ccpa-know': 'Answered',
  erasure: 'Erased',
  'ccpa-delete': 'Erased',
  'minor-report': 'Erased',
}

const states: Record<PrivacyRequest['state'], [BadgeTone, string]> = {
  'awaiting-proof': ['plain', 'Waiting for proof'],
  'awaiting-decision': ['wait', 'Waiting for a decision'],
  'in-progress': ['wait', 'In progress'],
  completed: ['good', 'Done'],
  refused: ['bad', 'Refused'],
  lapsed: ['plain', 'Lapsed'],
}
