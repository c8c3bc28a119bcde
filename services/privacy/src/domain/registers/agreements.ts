import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { AcceptedAgreement, AgreementText } from '@candor/contracts/privacy/registers'
import type { EventFacts } from '@candor/events/listener'
import { agreements } from '@candor/policy/agreements'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { insertAcceptance, listAcceptances } from '../../store/agreements.ts'
import type { Acceptance } from '../../store/agreements.ts'
import type { Database } from '../../store/tables.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'

/** Old versions stay readable: they are what somebody entered. */
export function getAgreement({ agreement, version }: InputOf<Rows['getAgreement']>): AgreementText {
  const { title, versions } = agreements[agreement]
  const found = version === undefined ? versions[0] : versions.find((one) => one.version === version)
  if (!found) throw notFound('agreement')
  return { agreement, title, ...found }
}

export function listAgreements(
  deps: Deps,
  { tenantId }: CallerOf<Rows['listAgreements']>,
): Promise<AcceptedAgreement[]> {
  return asTenant(deps.db, tenantId, async (trx) => (await listAcceptances(trx)).map(describe))
}

export function acceptAgreement(
  deps: Deps,
  caller: CallerOf<Rows['acceptAgreement']>,
  { agreement }: InputOf<Rows['acceptAgreement']>,
): Promise<AcceptedAgreement> {
  const { tenantId } = caller
  const given = { ...currentOf(agreement), acceptedAt: deps.clock.now(), acceptedBy: caller.userId }
  return asTenant(deps.db, tenantId, async (trx) => {
    if (await insertAcceptance(trx, tenantId, given)) {
      const act = {
        tenantId,
        caller,
        what: 'agreement-accepted',
        purpose: 'obey-law',
        detail: agreement,
      } as const
      await recordAct(trx, deps, act)
    }
    const stored = (await listAcceptances(trx)).find(
      (one) => one.agreement === agreement && one.version === given.version,
    )
    return describe(stored!)
  })
}

/** The agreements the notice asks for are entered with the account, by who opened it. */
export async function acceptAtSignUp(
  trx: Transaction<Database>,
  asked: readonly Acceptance['agreement'][],
  { ownerId }: { ownerId: string },
  { tenantId, occurredAt }: EventFacts,
): Promise<void> {
  for (const agreement of asked)
    await insertAcceptance(trx, tenantId, {
      ...currentOf(agreement),
      acceptedAt: occurredAt,
      acceptedBy: ownerId,
    })
}

type Rows = (typeof privacy)['procedures']

function currentOf(agreement: Acceptance['agreement']) {
  return { agreement, version: agreements[agreement].versions[0]!.version }
}

function describe({ agreement, version, acceptedAt, acceptedBy }: Acceptance): AcceptedAgreement {
  const { title } = agreements[agreement]
  const isCurrent = version === currentOf(agreement).version
  return { agreement, title, version, acceptedAt: acceptedAt.toISOString(), acceptedBy, isCurrent }
}
