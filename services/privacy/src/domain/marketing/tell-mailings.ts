import type { OutputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import { asTenant } from '@candor/runtime/tenancy'
import { listMailings } from '../../store/marketing.ts'
import type { Deps } from '../deps.ts'

export async function tellMailings(deps: Deps, tenantId: string): Promise<OutputOf<Row>> {
  const mailings = await asTenant(deps.db, tenantId, (trx) => listMailings(trx, tenantId))
  return mailings.map(({ at, ...mailing }) => ({ ...mailing, at: at.toISOString() }))
}

type Row = (typeof privacy)['procedures']['listMailings']
