import { asTenant } from '@candor/runtime/tenancy'
import { setClosed } from '../store/businesses.ts'
import { revokeSessions } from '../store/sessions.ts'
import type { Deps } from './deps.ts'

/** Lets nobody of a business in any more. Repeating it changes nothing. */
export async function closeBusiness(
  deps: Deps,
  { tenantId }: { tenantId: string },
): Promise<Record<string, never>> {
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    await setClosed(trx, tenantId, now)
    await revokeSessions(trx, tenantId, now)
  })
  return {}
}
