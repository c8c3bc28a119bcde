import type { Invitation } from '@candor/contracts/identity/schemas'
import { queueMail } from '@candor/mail/queue-mail'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { findBusiness } from '../store/businesses.ts'
import { deleteInvitationsExpiredBefore, replaceInvitation } from '../store/invitations.ts'
import { listUsers } from '../store/users.ts'
import { newSecret, secretHash } from '../tokens/secret.ts'
import type { Deps, Staff } from './deps.ts'
import { invitationLetter } from './invitation-letter.ts'
import { accountEnded } from './me.ts'

/**
 * Mails a link that makes its reader staff. Whether the address has an account elsewhere only its owner learns, on
 * following the link.
 */
export async function inviteStaff(
  deps: Deps,
  caller: Staff,
  { email, role }: { email: string; role: 'admin' | 'agent' },
): Promise<Invitation> {
  const { tenantId } = caller
  await deps.throttle.take([
    { what: 'invitation by a business', who: tenantId, limit: deps.limits.invitation },
  ])
  const now = deps.clock.now()
  const id = deps.newId()
  const token = newSecret()
  return asTenant(deps.db, tenantId, async (trx) => {
    const staff = await listUsers(trx, tenantId)
    const inviter = staff.find((user) => user.id === caller.userId)
    const business = await findBusiness(trx, tenantId)
    if (!inviter || !business) throw accountEnded()
    if (inviter.role === 'agent')
      throw new ServiceError('forbidden', 'only owners and admins invite colleagues')
    if (staff.some((user) => user.email === email))
      throw new ServiceError('conflict', 'this person is a colleague already')

    await deleteInvitationsExpiredBefore(trx, { tenantId, time: new Date(now.getTime() - forgetAfterMs) })
    const expiresAt = new Date(now.getTime() + validMs)
    const tokenHash = secretHash(token)
    const invitation = await replaceInvitation(trx, {
      id,
      tenantId,
      email,
      role,
      tokenHash,
      createdAt: now,
      expiresAt,
    })
    const url = `${deps.publicUrl}/invitation#token=${token}`
    const letter = invitationLetter({ inviter: inviter.name, company: business.name, role, url, expiresAt })
    await queueMail(trx, {
      tenantId,
      onceKey: `invitation:${id}`,
      to: email,
      ...letter,
      newId: deps.newId,
      now,
    })
    return invitation
  })
}

const validMs = 7 * 86_400_000

/** So long a late reader is told that the link has expired and not that it never was. */
const forgetAfterMs = 30 * 86_400_000
