import type { CallerOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { authorityOf, complaintText } from '@candor/policy/authorities'
import { rightsOf } from '@candor/policy/rights'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from './deps.ts'
import { tellDisclosures } from './disclosures/tell-disclosures.ts'
import { askAll } from './holders.ts'
import { locateEverywhere } from './locate-everywhere.ts'
import { finishRequest } from './requests/finish-request.ts'
import { readSubject } from './requests/read-subject.ts'
import { getVersionInForce } from './notices/read-notices.ts'

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
  const rights = await rightsHere(deps, request.tenantId)
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

/** With the complaint, which no notice can leave out. */
async function rightsHere(deps: Deps, tenantId: string): Promise<AccessAnswer['rights']> {
  const [{ policy }, business] = await Promise.all([
    getVersionInForce(deps, tenantId),
    deps.identity.findBusiness.query({ tenantId }),
  ])
  const how = complaintText(authorityOf(business?.country))
  return [...rightsOf(policy), { right: 'Complaint', law: 'GDPR article 77', how }]
}

type Row = (typeof privacy)['procedures']['getAccessAnswer']
