import { staffChanged } from '@candor/contracts/identity/events'
import { consentChanged } from '@candor/contracts/privacy/events'
import { on } from '@candor/events/listener'
import type { Listener } from '@candor/events/listener'
import type { Deps } from './domain/deps.ts'
import { upsertStaff } from './store/staff.ts'
import { deleteCookieYields, setVisitorConsent } from './store/visits.ts'

/** What chat does on the events of others. */
export function chatListeners(deps: Pick<Deps, 'identity' | 'clock' | 'metrics'>): Listener[] {
  const delays = deps.metrics.histogram(
    'chat_consent_effect_seconds',
    'From the moment consent was given or withdrawn to its being obeyed here',
    [],
  )
  return [
    on(consentChanged, {
      apply: async (trx, { holder, given }, { tenantId, subjectId, occurredAt }) => {
        if (holder !== 'visitor' || !subjectId) return
        await setVisitorConsent(trx, { tenantId, visitorId: subjectId, given, changedAt: occurredAt })
        if (!given.includes('advertising')) await deleteCookieYields(trx, { tenantId, visitorId: subjectId })
        delays.observe((deps.clock.now().getTime() - occurredAt.getTime()) / 1_000)
      },
    }),
    on(staffChanged, {
      prepare: ({ userId }, { tenantId }) =>
        deps.identity.getStaffNames.query({ tenantId, userIds: [userId] }),
      apply: async (trx, _payload, { tenantId }, names) => {
        for (const { userId, name } of names) await upsertStaff(trx, { tenantId, userId, name })
      },
    }),
  ]
}
