import type { Caller } from '@candor/contracts/callers'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { refer } from '../../sealing/identifier.ts'
import type { Holder } from '../../store/consent-log.ts'
import type { Deps } from '../deps.ts'
import { locateEverywhere } from '../locate-everywhere.ts'
import { findIdentifier } from '../requests/find-details.ts'
import { getOwnRequest } from '../requests/find-own-request.ts'
import { isPlatform } from '../requests/platform.ts'

/** Whose consent a caller speaks for: only ever their own. */
export function holderOf(caller: Extract<Caller, { kind: 'visitor' | 'staff' }>): Holder {
  const { tenantId } = caller
  return caller.kind === 'visitor'
    ? { kind: 'visitor', tenantId, id: caller.visitorId }
    : { kind: 'account', tenantId, id: caller.userId }
}

/** Somebody who proved an address has consented under each id that any service knows it by. */
export async function holdersOf(
  deps: Deps,
  caller: Extract<Caller, { kind: 'visitor' | 'staff' | 'subject' }>,
): Promise<Holder[]> {
  if (caller.kind !== 'subject') return [holderOf(caller)]
  const request = await getOwnRequest(deps, caller, caller.requestId)
  const { tenantId, personId } = request
  if (!personId || isPlatform(request)) throw notFound('request to one business')
  const identifier = await asTenant(deps.db, tenantId, (trx) => findIdentifier(trx, deps, request))
  if (!identifier) return []
  const { visitorIds, userIds } = await locateEverywhere(deps.holders, refer(tenantId, identifier, personId))
  return [
    ...visitorIds.map((id) => ({ kind: 'visitor', tenantId, id }) as const),
    ...userIds.map((id) => ({ kind: 'account', tenantId, id }) as const),
  ]
}
