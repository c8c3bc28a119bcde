import type { Processing } from '@candor/contracts/data-holder'
import type { RequestDetails } from '@candor/contracts/privacy/request-shapes'
import type { RequestKind } from '@candor/contracts/policy/policy'
import type { RequestRecord } from '../../store/requests.ts'

/** What each kind of request does. California's kinds are the same acts under time limits of their own. */
export const acts: Record<RequestKind, Act> = {
  access: { does: 'answer', asked: 'for a copy of what is held about this address' },
  erasure: { does: 'erase', asked: 'to erase what is held about this address' },
  correction: { does: 'correct', asked: 'to correct what is held about this address', needs: 'correction' },
  restriction: { does: 'restrict', asked: 'to restrict the use of what is held about this address' },
  objection: {
    does: 'object',
    asked: 'to stop a use of what is held about this address',
    needs: 'objection',
  },
  portability: {
    does: 'hand-over',
    asked: 'for a file of what is held about this address, to take elsewhere',
  },
  deactivation: { does: 'deactivate', asked: 'to deactivate the account of this address' },
  'marketing-opt-out': {
    does: 'opt-out',
    asked: 'to send no marketing to this address',
    stops: ['marketing'],
  },
  'minor-report': { does: 'protect-minor', asked: 'to close an account as a minor’s', needs: 'minor' },
  'ccpa-know': { does: 'answer', asked: 'for a copy of what is held about this address' },
  'ccpa-delete': { does: 'erase', asked: 'to delete what is held about this address' },
  'ccpa-correct': {
    does: 'correct',
    asked: 'to correct what is held about this address',
    needs: 'correction',
  },
  'ccpa-opt-out': {
    does: 'opt-out',
    asked: 'to neither sell nor share what is held about this address',
    stops: ['marketing', 'statistics'],
  },
}

/**
 * Who asks as a visitor keeps their account as staff; who asks from that account loses it, and so does a minor. Told by
 * the request: what it was proven by may be erased before identity's turn comes.
 */
export function doesEndAccount({ kind, source, proofHow }: RequestRecord): boolean {
  return acts[kind].does === 'protect-minor' || (source === 'console' && proofHow === 'signed-in')
}

/** What a request stops, once it is in force. */
export function stoppedBy(kind: RequestKind, details: RequestDetails | undefined): Processing[] {
  const act = acts[kind]
  if (act.does === 'object') return [...(details?.objection?.processing ?? [])]
  return [...(act.stops ?? ['everything'])]
}

/** An objection to marketing leaves nothing to weigh (GDPR article 21(3)); any other may be refused. */
export function isAbsolute(kind: RequestKind, details: RequestDetails | undefined): boolean {
  return stoppedBy(kind, details).every((processing) => processing === 'marketing')
}

export interface Act {
  readonly does:
    | 'answer'
    | 'hand-over'
    | 'erase'
    | 'correct'
    | 'restrict'
    | 'object'
    | 'opt-out'
    | 'deactivate'
    | 'protect-minor'
  /** Completes "Somebody asked ..." in the letter that proves the address. */
  readonly asked: string
  /** The detail that the kind can't do without. */
  readonly needs?: keyof RequestDetails
  readonly stops?: readonly Processing[]
}
