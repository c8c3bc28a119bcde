import type { EndedSession } from '@candor/contracts/identity/schemas'
import { listEndedSessions } from '../store/ended-sessions.ts'
import type { Deps } from './deps.ts'

/** Which tokens the services have to refuse. `asOf` is the time before the look: what ends after it comes next time. */
export async function tellEndedSessions(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  after: { at: string; sessionId: string } | null,
): Promise<{ asOf: string; ended: EndedSession[] }> {
  const asOf = clock.now().toISOString()
  return { asOf, ended: await listEndedSessions(db, after) }
}
