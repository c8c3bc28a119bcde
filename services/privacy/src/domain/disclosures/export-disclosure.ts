import type { InputOf } from '@candor/contracts/contract'
import type { SubjectRef } from '@candor/contracts/data-holder'
import type { privacy } from '@candor/contracts/privacy'
import type { DisclosureExport } from '@candor/contracts/privacy/disclosures'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { setExported } from '../../store/disclosures.ts'
import { digestOf } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'
import { askAll } from '../holders.ts'
import { locateEverywhere } from '../locate-everywhere.ts'
import { getLocked, record, unseal } from './keep-register.ts'
import type { Admin } from './keep-register.ts'

/**
 * Hands out what the approved scope covers: that person, those categories. The audit log keeps the digest of what was
 * handed out, so that it can be shown later what it was.
 */
export async function exportDisclosure(
  deps: Deps,
  caller: Admin,
  { disclosureId }: InputOf<Row>,
): Promise<DisclosureExport> {
  const { tenantId } = caller
  const { scope } = await asTenant(deps.db, tenantId, async (trx) => {
    const found = await getLocked(trx, disclosureId)
    if (found.state !== 'approved' && found.state !== 'exported')
      throw new ServiceError('closed', 'this disclosure is not approved')
    return unseal(deps, tenantId, found)
  })
  const subject: SubjectRef = { tenantId, emails: [scope.email], visitorIds: [], userIds: [] }
  const located = await locateEverywhere(deps.holders, subject)
  const answers = await askAll(deps.holders, (client) => client.exportSubject.query({ subject: located }))
  const services = answers.map(({ service, answer }) => ({
    service,
    holdings: answer.filter(({ category }) => (scope.categories as string[]).includes(category)),
  }))
  const now = deps.clock.now()
  return asTenant(deps.db, tenantId, async (trx) => {
    const exported = await setExported(trx, disclosureId, { by: caller.userId, now })
    const handedOut = {
      disclosure: unseal(deps, tenantId, exported),
      generatedAt: now.toISOString(),
      services,
    }
    await record(trx, deps, caller, 'disclosure-exported', exported.id, digestOf(JSON.stringify(handedOut)))
    return handedOut
  })
}

type Row = (typeof privacy)['procedures']['exportDisclosure']
