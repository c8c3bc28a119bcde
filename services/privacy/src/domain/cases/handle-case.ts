import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { PrivacyCase } from '@candor/contracts/privacy/cases'
import { queueMail } from '@candor/mail/queue-mail'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { listCases as list, lockCase, setAnswered, setClosed } from '../../store/cases.ts'
import type { Database } from '../../store/tables.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'
import { answerLetter } from './case-letters.ts'

export function listCases(
  deps: Deps,
  { tenantId }: Admin,
  { state }: InputOf<Rows['listCases']>,
): Promise<PrivacyCase[]> {
  return asTenant(deps.db, tenantId, (trx) => list(trx, state))
}

export function answerCase(
  deps: Deps,
  caller: Admin,
  { caseId, text }: InputOf<Rows['answerCase']>,
): Promise<PrivacyCase> {
  return asTenant(deps.db, caller.tenantId, async (trx) => {
    const found = await getLocked(trx, caseId)
    if (found.state === 'closed') throw new ServiceError('closed', 'this case is closed')
    const now = deps.clock.now()
    const answered = await setAnswered(trx, found.id, text, now)
    if (answered.email)
      await queueMail(trx, {
        ...answerLetter(answered),
        tenantId: caller.tenantId,
        to: answered.email,
        onceKey: `case:${found.id}:answer:${deps.newId()}`,
        newId: deps.newId,
        now,
      })
    await record(trx, deps, caller, 'case-answered', found.id)
    return answered
  })
}

export function closeCase(
  deps: Deps,
  caller: Admin,
  { caseId }: InputOf<Rows['closeCase']>,
): Promise<PrivacyCase> {
  return asTenant(deps.db, caller.tenantId, async (trx) => {
    const found = await getLocked(trx, caseId)
    if (found.state === 'closed') return found
    const closed = await setClosed(trx, found.id, deps.clock.now())
    await record(trx, deps, caller, 'case-closed', found.id)
    return closed
  })
}

type Rows = (typeof privacy)['procedures']
type Admin = CallerOf<Rows['listCases']>

async function getLocked(trx: Transaction<Database>, id: string): Promise<PrivacyCase> {
  const found = await lockCase(trx, id)
  if (!found) throw notFound('case')
  return found
}

function record(trx: Transaction<Database>, deps: Deps, caller: Admin, what: string, object: string) {
  return recordAct(trx, deps, { tenantId: caller.tenantId, caller, what, purpose: 'serve-rights', object })
}
