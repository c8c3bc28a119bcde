import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { Policy } from '@candor/contracts/policy/policy'
import type { privacy } from '@candor/contracts/privacy'
import { briefingAcknowledged } from '@candor/contracts/privacy/events'
import type { Briefing } from '@candor/contracts/privacy/registers'
import { appendEvent } from '@candor/events/outbox'
import { briefing, briefingDueAt } from '@candor/policy/briefing'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { insertAcknowledgement, listLastAcknowledgements } from '../../store/acknowledgements.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'

export async function getBriefing(deps: Deps, caller: CallerOf<Rows['getBriefing']>): Promise<Briefing> {
  const { tenantId, userId } = caller
  const { awareness } = (await deps.policies.of(tenantId)).policy
  const last = await asTenant(deps.db, tenantId, (trx) => listLastAcknowledgements(trx, briefing.version))
  const staff = await deps.identity.listStaffIds.query({ tenantId })
  const since = staff.find((one) => one.userId === userId)?.since
  const { version, title, text } = briefing
  return { version, title, text, ...standing(awareness, last.get(userId), since, deps.clock.now()) }
}

/** Identity hears of it too: where the notice says so, it lets nobody at personal data who is overdue. */
export async function acknowledgeBriefing(
  deps: Deps,
  caller: CallerOf<Rows['acknowledgeBriefing']>,
  { version }: InputOf<Rows['acknowledgeBriefing']>,
): Promise<Briefing> {
  const { tenantId, userId } = caller
  if (version !== briefing.version)
    throw new ServiceError('conflict', 'the briefing has changed; read it again')
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    await insertAcknowledgement(trx, { tenantId, userId, version, now })
    await appendEvent(trx, deps.newId, briefingAcknowledged, {
      tenantId,
      streamKey: userId,
      subjectId: userId,
      occurredAt: now,
      payload: { userId },
    })
    const act = {
      tenantId,
      caller,
      what: 'briefing-acknowledged',
      purpose: 'obey-law',
      detail: version,
    } as const
    await recordAct(trx, deps, act)
  })
  deps.relay.wake()
  return getBriefing(deps, caller)
}

export async function listAwareness(
  deps: Deps,
  { tenantId }: CallerOf<Rows['listAwareness']>,
): Promise<OutputOf<Rows['listAwareness']>> {
  const { awareness } = (await deps.policies.of(tenantId)).policy
  const staff = await deps.identity.listStaffIds.query({ tenantId })
  const last = await asTenant(deps.db, tenantId, (trx) => listLastAcknowledgements(trx, briefing.version))
  const now = deps.clock.now()
  return staff.map(({ userId, role, since }) => ({
    userId,
    role,
    ...standing(awareness, last.get(userId), since, now),
  }))
}

type Rows = (typeof privacy)['procedures']

function standing(
  awareness: Policy['awareness'],
  last: Date | undefined,
  since: string | undefined,
  now: Date,
): { acknowledgedAt: string | null; dueAt: string | null; isOverdue: boolean } {
  const joinedAt = since ? new Date(since) : now
  const dueAt = briefingDueAt(awareness, { acknowledgedAt: last ?? null, joinedAt })
  return {
    acknowledgedAt: last?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    isOverdue: dueAt !== null && dueAt <= now,
  }
}
