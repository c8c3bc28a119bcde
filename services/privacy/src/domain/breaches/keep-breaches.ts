import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { Breach } from '@candor/contracts/privacy/breaches'
import { badInput, notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import * as store from '../../store/breaches.ts'
import type { BreachRecord } from '../../store/breaches.ts'
import type { Database } from '../../store/tables.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'
import { describeBreach, dueAt } from './describe-breach.ts'

export async function recordBreach(
  deps: Deps,
  caller: Admin,
  { noticedAt, ...facts }: InputOf<Rows['recordBreach']>,
): Promise<Breach> {
  const now = deps.clock.now()
  if (noticedAt && new Date(noticedAt) > now) throw badInput('noticedAt', 'lies in the future')
  const breach: BreachRecord = {
    id: deps.newId(),
    noticedAt: noticedAt ? new Date(noticedAt) : now,
    ...facts,
    authorityNotifiedAt: null,
    peopleNotifiedAt: null,
    closedAt: null,
  }
  return write(deps, caller, 'breach-recorded', breach.risk, async (trx) => {
    await store.insertBreach(trx, caller.tenantId, breach)
    return breach
  })
}

export function updateBreach(
  deps: Deps,
  caller: Admin,
  { breachId, ...changes }: InputOf<Rows['updateBreach']>,
): Promise<Breach> {
  return write(deps, caller, 'breach-updated', null, async (trx) => {
    const found = await getLocked(trx, breachId)
    if (found.closedAt) throw new ServiceError('closed', 'this breach is closed')
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const changed = { ...found, ...given }
    await store.updateBreach(trx, changed)
    return changed
  })
}

/** What has to be told is told before a breach is closed (GDPR articles 33 and 34). */
export function markBreach(
  deps: Deps,
  caller: Admin,
  { breachId, as }: InputOf<Rows['markBreach']>,
): Promise<Breach> {
  const now = deps.clock.now()
  return write(deps, caller, `breach-${as}`, null, async (trx) => {
    const found = await getLocked(trx, breachId)
    if (as === 'closed') checkTold(found)
    const changed = { ...found, [moments[as]]: found[moments[as]] ?? now }
    await store.updateBreach(trx, changed)
    return changed
  })
}

export async function listBreaches(deps: Deps, { tenantId }: Admin): Promise<Breach[]> {
  const { country, name } = await getBusiness(deps, tenantId)
  const found = await asTenant(deps.db, tenantId, (trx) => store.listBreaches(trx))
  return found.map((breach) => describeBreach(breach, { country, name }))
}

type Rows = (typeof privacy)['procedures']
type Admin = CallerOf<Rows['listBreaches']>

const moments = {
  'authority-notified': 'authorityNotifiedAt',
  'people-notified': 'peopleNotifiedAt',
  closed: 'closedAt',
} as const

function checkTold({ risk, authorityNotifiedAt, peopleNotifiedAt }: BreachRecord): void {
  if (risk !== 'unlikely' && !authorityNotifiedAt)
    throw new ServiceError('conflict', 'the authority has to be notified first')
  if (risk === 'high-risk' && !peopleNotifiedAt)
    throw new ServiceError('conflict', 'the people have to be notified first')
}

/** Makes a change with its deadline and its entry in the audit log. */
async function write(
  deps: Deps,
  caller: Admin,
  what: string,
  detail: string | null,
  change: (trx: Transaction<Database>) => Promise<BreachRecord>,
): Promise<Breach> {
  const { tenantId } = caller
  const business = await getBusiness(deps, tenantId)
  return asTenant(deps.db, tenantId, async (trx) => {
    const breach = await change(trx)
    const runs = breach.risk !== 'unlikely' && !breach.authorityNotifiedAt && !breach.closedAt
    const breachId = breach.id
    await store.setBreachDeadline(
      trx,
      runs ? { breachId, tenantId, at: dueAt(breach) } : { breachId, at: null },
    )
    await recordAct(trx, deps, { tenantId, caller, what, purpose: 'obey-law', object: breachId, detail })
    return describeBreach(breach, business)
  })
}

async function getBusiness(deps: Deps, tenantId: string): Promise<{ name: string; country: string }> {
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  return business
}

async function getLocked(trx: Transaction<Database>, id: string): Promise<BreachRecord> {
  const found = await store.lockBreach(trx, id)
  if (!found) throw notFound('breach')
  return found
}
