import type { privacy } from '@candor/contracts/privacy'
import type { InputOf } from '@candor/contracts/contract'
import type { PackDescription, PolicyDraft } from '@candor/contracts/privacy/notice-schemas'
import { checkPolicy } from '@candor/policy/check-policy'
import { packs } from '@candor/policy/packs'
import type { Pack } from '@candor/policy/pack'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { findDraft, listVersions, setDraft } from '../../store/notices.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import type { Staff } from './staff.ts'

export function listPacks(): PackDescription[] {
  return Object.values<Pack>(packs).map(({ id, title, fillIn, policy }) => ({
    id,
    title,
    fillIn: [...fillIn],
    policy,
  }))
}

export function getPolicyDraft(deps: Deps, { tenantId }: Staff): Promise<PolicyDraft> {
  return asTenant(deps.db, tenantId, (trx) => readDraft(trx, tenantId))
}

/** Where nothing is saved, the business goes on from what it published last. */
export async function readDraft(trx: Transaction<Database>, tenantId: string): Promise<PolicyDraft> {
  const draft = await findDraft(trx, tenantId)
  if (draft) return { ...draft, savedAt: draft.savedAt.toISOString() }
  const { pack, policy } = (await listVersions(trx, tenantId)).at(-1)!
  return { pack, policy, savedAt: null }
}

export async function savePolicyDraft(
  deps: Deps,
  { tenantId }: Staff,
  input: InputOf<(typeof privacy)['procedures']['savePolicyDraft']>,
): Promise<PolicyDraft> {
  const policy = input.policy ?? packs[input.pack].policy
  refuseProblems(checkPolicy(policy))
  const savedAt = deps.clock.now()
  await asTenant(deps.db, tenantId, (trx) => setDraft(trx, tenantId, { pack: input.pack, policy, savedAt }))
  return { pack: input.pack, policy, savedAt: savedAt.toISOString() }
}

/** Refuses with every offending setting at once, each by its path in the policy. */
export function refuseProblems(problems: readonly { path: string; message: string }[]): void {
  if (problems.length === 0) return
  const fields = problems.map(({ path, message }) => ({ path: `policy.${path}`, message }))
  const { path, message } = fields[0]!
  throw new ServiceError('bad-input', `${path}: ${message}`, { fields })
}
