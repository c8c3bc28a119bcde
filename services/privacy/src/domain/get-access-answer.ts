import type { CallerOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from './deps.ts'
import { tellDisclosures } from './disclosures/tell-disclosures.ts'
import { askAll } from './holders.ts'
import { locateEverywhere } from './locate-everywhere.ts'
import { finishRequest } from './requests/finish-request.ts'
import { readSubject } from './requests/read-subject.ts'
import { rights } from './rights.ts'

/**
 * Everything every service holds about the person, or an error: an answer with a service left out would say that it
 * holds nothing. The first answer completes the request; it can be read again.
 */
export async function getAccessAnswer(
  deps: Deps,
  caller: CallerOf<Row>,
  requestId: string,
): Promise<AccessAnswer> {
  const { request, subject } = await readSubject(deps, caller, requestId, 'answer')
  const located = await locateEverywhere(deps.holders, subject)
  const answers = await askAll(deps.holders, (client) => client.exportSubject.query({ subject: located }))
  const now = deps.clock.now()
  const disclosures = await asTenant(deps.db, request.tenantId, async (trx) => {
    await finishRequest(trx, request.id, 'completed', now)
    return tellDisclosures(trx, deps, request.tenantId, subject.emails)
  })
  return {
    requestId: request.id,
    business: request.business,
    generatedAt: now.toISOString(),
    services: answers.map(({ service, answer }) => ({ service, holdings: answer })),
    disclosures,
    rights,
  }
}

type Row = (typeof privacy)['procedures']['getAccessAnswer']
