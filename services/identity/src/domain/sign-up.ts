import { businessSignedUp } from '@candor/contracts/identity/events'
import type { Business, SignUp, StaffSession } from '@candor/contracts/identity/schemas'
import { appendEvent } from '@candor/events/outbox'
import { ServiceError } from '@candor/rpc/service-error'
import { violatedUnique } from '@candor/runtime/postgres'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import type { z } from 'zod'
import { checkPassword } from '../passwords/rules.ts'
import { insertBusiness } from '../store/businesses.ts'
import type { Database } from '../store/tables.ts'
import { fromRemote } from './attempts.ts'
import type { Deps } from './deps.ts'
import { joinStaff } from './join-staff.ts'
import { newWidgetKey, slugCandidates } from './names.ts'
import { issueTokens, openSession } from './open-session.ts'

/** Opens a business with its owner and signs the owner in; billing starts the trial when it hears of it. */
export async function signUp(
  deps: Deps,
  call: { remoteAddress: string | null },
  { name, company = name, country, email, password }: z.output<typeof SignUp>,
): Promise<StaffSession> {
  checkPassword(password, { email, company })
  await deps.throttle.take(fromRemote('sign-up', call.remoteAddress, deps.limits.signUp))
  const passwordHash = await deps.passwords.hash(password)
  const tenantId = deps.newId()
  const opened = await asTenant(deps.db, tenantId, async (trx) => {
    const business = await openBusiness(trx, deps, { id: tenantId, name: company, country })
    const user = await joinStaff(trx, deps, { tenantId, email, name, role: 'owner', passwordHash })
    await appendEvent(trx, deps.newId, businessSignedUp, {
      tenantId,
      streamKey: tenantId,
      subjectId: null,
      occurredAt: deps.clock.now(),
      payload: { ownerId: user.id, country },
    })
    const session = await openSession(trx, deps, {
      kind: 'staff',
      tenantId,
      userId: user.id,
      role: user.role,
    })
    return { business, user, session }
  })
  deps.relay.wake()
  return { ...(await issueTokens(deps, opened.session)), user: opened.user, business: opened.business }
}

async function openBusiness(
  trx: Transaction<Database>,
  deps: Deps,
  { id, name, country }: { id: string; name: string; country: string },
): Promise<Business> {
  const createdAt = deps.clock.now()
  for (const slug of slugCandidates(name)) {
    const business = await insertBusiness(trx, {
      id,
      name,
      slug,
      country,
      widgetKey: newWidgetKey(),
      createdAt,
      isOnly: deps.isOneBusiness,
    }).catch(refuseAnother)
    if (business) return business
  }
  throw new Error('no free slug was found')
}

function refuseAnother(err: unknown): never {
  if (violatedUnique(err) !== 'tenants_is_only') throw err
  throw new ServiceError('conflict', 'this installation is for one business, which is there already')
}
