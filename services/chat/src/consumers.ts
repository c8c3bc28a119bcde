import { staffChanged } from '@candor/contracts/identity/events'
import { on } from '@candor/events/listener'
import type { Listener } from '@candor/events/listener'
import type { Deps } from './domain/deps.ts'
import { upsertStaff } from './store/staff.ts'

/** What chat does on the events of others. */
export function chatListeners(deps: Pick<Deps, 'identity'>): Listener[] {
  return [
    on(staffChanged, {
      prepare: ({ userId }, { tenantId }) =>
        deps.identity.getStaffNames.query({ tenantId, userIds: [userId] }),
      apply: async (trx, _payload, { tenantId }, names) => {
        for (const { userId, name } of names) await upsertStaff(trx, { tenantId, userId, name })
      },
    }),
  ]
}
