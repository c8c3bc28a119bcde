import type { privacy } from '@candor/contracts/privacy'
import type { InputOf } from '@candor/contracts/contract'
import type { Hold } from '@candor/contracts/privacy/notice-schemas'
import { badInput, notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { describeHold, insertHold, listHolds as listRows, lockHold, setReleased } from '../../store/holds.ts'
import { raiseRevision } from '../../store/rules-feed.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../store/tables.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'
import type { Staff } from '../notices/staff.ts'

export async function placeHold(
  deps: Deps,
  caller: Staff,
  input: InputOf<(typeof privacy)['procedures']['placeHold']>,
): Promise<Hold> {
  const { tenantId } = caller
  const now = deps.clock.now()
  const until = input.until === null ? null : new Date(input.until)
  if (until && until <= now) throw badInput('until', 'has passed already')
  const { category, law, owner } = input
  const row = {
    tenant_id: tenantId,
    id: deps.newId(),
    category,
    law,
    owner,
    until,
    placed_at: now,
    released_at: null,
  }
  await asTenant(deps.db, tenantId, async (trx) => {
    await raiseRevision(trx, tenantId, now)
    const lasting = (await listRows(trx, tenantId)).filter((hold) => !describeHold(hold, now).endedAt)
    if (lasting.length >= holdsMax)
      throw badInput('category', `a business has at most ${holdsMax} holds at once`)
    await insertHold(trx, row)
    await recordHold(trx, deps, caller, 'hold-placed', row.id)
  })
  deps.alarm.ring()
  return describeHold(row, now)
}

const holdsMax = 200

/** One that is over already stays as it was. */
export async function releaseHold(deps: Deps, caller: Staff, holdId: string): Promise<Hold> {
  const { tenantId } = caller
  const now = deps.clock.now()
  const hold = await asTenant(deps.db, tenantId, async (trx) => {
    const found = await lockHold(trx, holdId)
    if (!found) throw notFound('hold')
    if (describeHold(found, now).endedAt) return found
    await raiseRevision(trx, tenantId, now)
    await setReleased(trx, found, now)
    await recordHold(trx, deps, caller, 'hold-released', holdId)
    return { ...found, released_at: now }
  })
  deps.alarm.ring()
  return describeHold(hold, now)
}

export function listHolds(deps: Deps, { tenantId }: Staff): Promise<Hold[]> {
  const now = deps.clock.now()
  return asTenant(deps.db, tenantId, async (trx) =>
    (await listRows(trx, tenantId)).map((hold) => describeHold(hold, now)),
  )
}

function recordHold(
  trx: Transaction<Database>,
  deps: Deps,
  caller: Staff,
  what: 'hold-placed' | 'hold-released',
  object: string,
): Promise<void> {
  return recordAct(trx, deps, { tenantId: caller.tenantId, caller, what, purpose: 'obey-law', object })
}
