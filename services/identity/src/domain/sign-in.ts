import type { StaffSession } from '@candor/contracts/identity/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { asLookup, asTenant } from '@candor/runtime/tenancy'
import { findBusiness } from '../store/businesses.ts'
import { findCredentials, findUser, replacePasswordHash } from '../store/users.ts'
import type { Credentials } from '../store/users.ts'
import { fromRemote } from './attempts.ts'
import type { Deps } from './deps.ts'
import { issueTokens, openSession } from './open-session.ts'

/** An address nobody has costs the same query, the same hash and gives the same answer as a wrong password. */
export async function signIn(
  deps: Deps,
  call: { remoteAddress: string | null },
  { email, password }: { email: string; password: string },
): Promise<StaffSession> {
  const byEmail = { what: 'password of an e-mail address', who: email, limit: deps.limits.passwordByEmail }
  const byRemote = fromRemote('password', call.remoteAddress, deps.limits.passwordByRemote)
  await deps.throttle.take([byEmail, ...byRemote])
  const found = await asLookup(deps.db, email, (trx) => findCredentials(trx, email))
  const fits = await deps.passwords.verify(found?.passwordHash, password).catch(async (err: unknown) => {
    // Nothing was learnt of the password.
    await deps.throttle.takeBack([byEmail, ...byRemote])
    throw err
  })
  if (!found || !fits) throw refused()
  const signedIn = await enter(deps, found, await newHash(deps, found, password))
  await deps.throttle.forget(byEmail)
  await deps.throttle.takeBack(byRemote)
  deps.log.info({ tenantId: found.tenantId }, 'signed in')
  return signedIn
}

async function enter(
  deps: Deps,
  found: Credentials,
  passwordHash: string | undefined,
): Promise<StaffSession> {
  const { tenantId, userId } = found
  const entered = await asTenant(deps.db, tenantId, async (trx) => {
    const user = await findUser(trx, { tenantId, userId })
    const business = await findBusiness(trx, tenantId)
    if (!user || !business) throw refused()
    if (passwordHash) await replacePasswordHash(trx, found, passwordHash)
    const session = await openSession(trx, deps, { kind: 'staff', tenantId, userId, role: user.role })
    return { user, business, session }
  })
  return { ...(await issueTokens(deps, entered.session)), user: entered.user, business: entered.business }
}

/** Only while the password is at hand can it be hashed with today's parameters. */
async function newHash(deps: Deps, found: Credentials, password: string): Promise<string | undefined> {
  return deps.passwords.isOutdated(found.passwordHash) ? deps.passwords.hash(password) : undefined
}

function refused(): ServiceError {
  return new ServiceError('bad-credentials', 'e-mail address or password is wrong')
}
