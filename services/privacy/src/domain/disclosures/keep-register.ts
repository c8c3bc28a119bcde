import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { Disclosure } from '@candor/contracts/privacy/disclosures'
import { badInput, notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import {
  insertDisclosure,
  listDisclosures as list,
  lockDisclosure,
  setDecided,
  setSilenceLifted,
} from '../../store/disclosures.ts'
import type { DisclosureRecord } from '../../store/disclosures.ts'
import type { Database } from '../../store/tables.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'

/** An authority's request goes into the register before anything else can come of it. */
export async function requestDisclosure(
  deps: Deps,
  caller: Admin,
  input: InputOf<Rows['requestDisclosure']>,
): Promise<Disclosure> {
  const { tenantId } = caller
  const { authority, reference, ground, scope, silence } = input
  const { disclosure } = (await deps.policies.of(tenantId)).policy
  if (!disclosure.grounds.includes(ground)) throw badInput('ground', 'the notice names no such ground')
  const id = deps.newId()
  return asTenant(deps.db, tenantId, async (trx) => {
    const made = await insertDisclosure(trx, {
      id,
      tenantId,
      authority,
      reference,
      ground,
      sealedEmail: deps.sealer.seal(scope.email, sealedFor(tenantId, id)),
      addressHash: deps.sealer.hashAddress(tenantId, scope.email),
      categories: [...new Set(scope.categories)],
      silence,
      requestedBy: caller.userId,
      now: deps.clock.now(),
    })
    await record(trx, deps, caller, 'disclosure-requested', id)
    return unseal(deps, tenantId, made)
  })
}

/** Four eyes: who recorded a request cannot approve it, unless the notice leaves that to one person. */
export async function decideDisclosure(
  deps: Deps,
  caller: Admin,
  { disclosureId, approve }: InputOf<Rows['decideDisclosure']>,
): Promise<Disclosure> {
  const { tenantId } = caller
  const { disclosure } = (await deps.policies.of(tenantId)).policy
  return asTenant(deps.db, tenantId, async (trx) => {
    const found = await getLocked(trx, disclosureId)
    if (found.state !== 'requested') throw new ServiceError('closed', 'this request was decided before')
    if (approve && disclosure.secondApproval && found.requestedBy === caller.userId)
      throw new ServiceError('conflict', 'a second person has to approve it')
    const state = approve ? 'approved' : 'refused'
    const decided = await setDecided(trx, found.id, { state, by: caller.userId, now: deps.clock.now() })
    await record(trx, deps, caller, `disclosure-${state}`, found.id)
    return unseal(deps, tenantId, decided)
  })
}

export function liftSilence(
  deps: Deps,
  caller: Admin,
  { disclosureId }: InputOf<Rows['liftSilence']>,
): Promise<Disclosure> {
  return asTenant(deps.db, caller.tenantId, async (trx) => {
    const found = await getLocked(trx, disclosureId)
    const lifted = await setSilenceLifted(trx, found.id)
    await record(trx, deps, caller, 'disclosure-silence-lifted', found.id)
    return unseal(deps, caller.tenantId, lifted)
  })
}

export function listDisclosures(deps: Deps, { tenantId }: Admin): Promise<Disclosure[]> {
  return asTenant(deps.db, tenantId, async (trx) =>
    (await list(trx)).map((found) => unseal(deps, tenantId, found)),
  )
}

export async function getLocked(trx: Transaction<Database>, id: string): Promise<DisclosureRecord> {
  const found = await lockDisclosure(trx, id)
  if (!found) throw notFound('disclosure')
  return found
}

export function unseal(deps: Deps, tenantId: string, found: DisclosureRecord): Disclosure {
  const { sealedEmail, categories, ...rest } = found
  const email = deps.sealer.open(sealedEmail, sealedFor(tenantId, found.id))
  return { ...rest, scope: { email, categories } }
}

function sealedFor(tenantId: string, id: string): string[] {
  return [tenantId, id, 'disclosure']
}

export function record(
  trx: Transaction<Database>,
  deps: Deps,
  caller: Admin,
  what: string,
  object: string,
  detail: string | null = null,
): Promise<void> {
  const { tenantId } = caller
  return recordAct(trx, deps, { tenantId, caller, what, purpose: 'obey-law', object, detail })
}

type Rows = (typeof privacy)['procedures']
export type Admin = CallerOf<Rows['listDisclosures']>
