import { asTenant } from '@candor/runtime/tenancy'
import { revokeSession } from '../store/sessions.ts'
import type { Deps, Staff, Visitor } from './deps.ts'

/** Ends the caller's session. Signing out twice is harmless. */
export async function signOut(deps: Deps, caller: Staff | Visitor): Promise<Record<string, never>> {
  await asTenant(deps.db, caller.tenantId, (trx) => revokeSession(trx, caller, deps.clock.now()))
  return {}
}
