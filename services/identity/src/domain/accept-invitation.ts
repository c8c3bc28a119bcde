import type { StaffSession } from '@candor/contracts/identity/schemas'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { asLookup, asTenant, enterTenant } from '@candor/runtime/tenancy'
import { checkPassword } from '../passwords/rules.ts'
import { findBusiness } from '../store/businesses.ts'
import { deleteInvitation, findInvitation } from '../store/invitations.ts'
import { secretHash } from '../tokens/secret.ts'
import type { Deps } from './deps.ts'
import { joinStaff } from './join-staff.ts'
import { issueTokens, openSession } from './open-session.ts'

/** The invitation goes as its account comes, in one transaction, so it works once. */
export async function acceptInvitation(
  deps: Deps,
  { token, name, password }: { token: string; name: string; password: string },
): Promise<StaffSession> {
  const tokenHash = secretHash(token)
  const { invitation, business } = await getOpenInvitation(deps, tokenHash)
  const { tenantId, email, role } = invitation
  checkPassword(password, { email, company: business.name })
  const passwordHash = await deps.passwords.hash(password)
  const joined = await asTenant(deps.db, tenantId, async (trx) => {
    if (!(await deleteInvitation(trx, { tenantId, tokenHash }))) throw notFound('invitation')
    const user = await joinStaff(trx, deps, { tenantId, email, name, role, passwordHash })
    const session = await openSession(trx, deps, { kind: 'staff', tenantId, userId: user.id, role })
    return { user, session }
  })
  deps.relay.wake()
  return { ...(await issueTokens(deps, joined.session)), user: joined.user, business }
}

async function getOpenInvitation(deps: Deps, tokenHash: string) {
  return asLookup(deps.db, tokenHash, async (trx) => {
    const invitation = await findInvitation(trx, tokenHash)
    if (!invitation) throw notFound('invitation')
    if (invitation.expiresAt <= deps.clock.now().toISOString()) {
      throw new ServiceError('expired', 'this invitation has expired; ask for another')
    }
    await enterTenant(trx, invitation.tenantId)
    const business = await findBusiness(trx, invitation.tenantId)
    if (!business) throw notFound('invitation')
    return { invitation, business }
  })
}
