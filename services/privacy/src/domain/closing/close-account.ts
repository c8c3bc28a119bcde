import type { OutputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { Remains } from '@candor/contracts/privacy/closing'
import { queueMail } from '@candor/mail/queue-mail'
import { badInput, notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { sealSubject } from '../../sealing/sealed-subject.ts'
import { insertClosure } from '../../store/closures.ts'
import { insertWork } from '../../store/erasures.ts'
import { describeHold, listHolds } from '../../store/holds.ts'
import { raiseRevision } from '../../store/rules-feed.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'
import { askAll } from '../holders.ts'
import { readRules } from '../notices/read-rules.ts'
import type { Staff } from '../notices/staff.ts'
import { platform } from '../requests/platform.ts'
import { closedLetter } from './closing-letters.ts'
import { keptRules } from './kept-rules.ts'

/** What would stay: what a law keeps, and what is on hold. */
export async function previewClosure(deps: Deps, { tenantId }: Staff): Promise<Remains> {
  const answers = await askAll(deps.holders, (client) => client.describeTenant.query({ tenantId }))
  return {
    kept: answers.flatMap(({ service, answer }) => answer.kept.map((kept) => ({ ...kept, service }))),
    held: answers.flatMap(({ service, answer }) => (answer.held ?? []).map((held) => ({ ...held, service }))),
  }
}

/**
 * Closes the account for good. With this transaction it is decided, and the saga carries it out whatever is killed. The
 * letters to the staff are Candor's own: the business's queue goes with the rest.
 */
export async function closeAccount(
  deps: Deps,
  caller: Staff,
  { businessName }: { businessName: string },
): Promise<OutputOf<(typeof privacy)['procedures']['closeAccount']>> {
  const { tenantId, userId } = caller
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  if (businessName.trim() !== business.name)
    throw badInput('businessName', 'is not the name of this business')
  const accounts = await deps.identity.listStaffAddresses.query({ tenantId })
  const emails = accounts.filter((account) => account.userId === userId).map(({ email }) => email)
  const [now, closureId] = [deps.clock.now(), deps.newId()]
  const subject = { tenantId, emails, visitorIds: [], userIds: [] }
  await asTenant(deps.db, [tenantId, platform.id], async (trx) => {
    await raiseRevision(trx, tenantId, now)
    const holds = (await listHolds(trx, tenantId)).filter((hold) => !describeHold(hold, now).endedAt)
    if (holds.some(({ until }) => until === null))
      throw new ServiceError('conflict', 'a legal hold has no end: release it first, nobody could later')
    const versions = keptRules((await readRules(trx, tenantId, now)).versions)
    const closure = { id: closureId, tenantId, business, closedBy: userId, closedAt: now, versions }
    if (!(await insertClosure(trx, closure)))
      throw new ServiceError('conflict', 'the account is closed already')
    const sealedSubject = sealSubject(deps.sealer, subject, closureId)
    await insertWork(trx, { requestId: closureId, tenantId, plan: 'close', sealedSubject, rank: 0, now })
    for (const { userId: to, email } of accounts) {
      const letter = { ...closedLetter(business.name), onceKey: `closed:${closureId}:${to}`, to: email }
      await queueMail(trx, { ...letter, tenantId: platform.id, newId: deps.newId, now })
    }
    const act = { what: 'account-closed', purpose: 'run-account', object: closureId } as const
    await recordAct(trx, deps, { tenantId, caller, ...act })
  })
  deps.alarm.ring()
  const token = await deps.identity.issueSubjectToken.mutate({ tenantId, requestId: closureId })
  return { closureId, closedAt: now.toISOString(), ...token }
}
