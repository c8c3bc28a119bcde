import type { dataHolder } from '@candor/contracts/data-holder'
import type { identity } from '@candor/contracts/identity'
import type { operations } from '@candor/contracts/operations'
import type { HandlersOf } from '@candor/rpc/implement'
import { asTenant } from '@candor/runtime/tenancy'
import { acceptInvitation } from './domain/accept-invitation.ts'
import { changeRole } from './domain/change-role.ts'
import { closeBusiness } from './domain/close-business.ts'
import type { Deps } from './domain/deps.ts'
import { deactivateStaff, endAccounts, reactivateStaff, removeStaff } from './domain/end-accounts.ts'
import { findBusiness } from './domain/find-business.ts'
import { getOwnerAddress } from './domain/get-owner-address.ts'
import { inviteStaff } from './domain/invite-staff.ts'
import { listStaff } from './domain/list-staff.ts'
import { listStaffAddresses } from './domain/list-staff-addresses.ts'
import { me } from './domain/me.ts'
import { refreshSession } from './domain/refresh-session.ts'
import { signIn } from './domain/sign-in.ts'
import { signOut } from './domain/sign-out.ts'
import { signUp } from './domain/sign-up.ts'
import { startVisitorSession } from './domain/start-visitor-session.ts'
import { updateProfile } from './domain/update-profile.ts'
import { tellEndedSessions } from './domain/tell-ended-sessions.ts'
import { listSecurityRecords } from './store/security-log.ts'
import { listNames, listUsers } from './store/users.ts'
import { signAccessToken } from './tokens/sign-access-token.ts'

/** What identity offers, a line a procedure. */
export function identityRouter(deps: Deps): IdentityHandlers {
  return {
    signUp: (input, call) => signUp(deps, call, input),
    signIn: (input, call) => signIn(deps, call, input),
    refreshSession: (input) => refreshSession(deps, input),
    signOut: (_, call) => signOut(deps, call.caller),
    me: (_, call) => me(deps, call.caller),
    updateProfile: (input, call) => updateProfile(deps, call.caller, input),
    inviteStaff: (input, call) => inviteStaff(deps, call.caller, input),
    acceptInvitation: (input) => acceptInvitation(deps, input),
    listStaff: (_, call) => listStaff(deps, call.caller),
    changeRole: (input, call) => changeRole(deps, call.caller, input),
    deactivateStaff: ({ userId }, call) => deactivateStaff(deps, call.caller, userId),
    reactivateStaff: ({ userId }, call) => reactivateStaff(deps, call.caller, userId),
    removeStaff: ({ userId }, call) => removeStaff(deps, call.caller, userId),
    closeBusiness: (input) => closeBusiness(deps, input),
    endAccounts: (input) => endAccounts(deps, input),
    startVisitorSession: (input, call) => startVisitorSession(deps, call, input),
    getJwks: async () => ({ keys: await deps.keys.listPublicKeys() }),
    listEndedSessions: ({ after }) => tellEndedSessions(deps, after),
    findBusiness: (input) => findBusiness(deps, input),
    getStaffNames: (input) => asTenant(deps.db, input.tenantId, (trx) => listNames(trx, input)),
    getOwnerAddress: (input) => getOwnerAddress(deps, input),
    listStaffAddresses: (input) => listStaffAddresses(deps, input),
    issueSubjectToken: ({ tenantId, requestId }) =>
      signAccessToken(deps, { kind: 'subject', tenant: tenantId, sub: requestId }),
    listStaffIds: ({ tenantId }) =>
      asTenant(deps.db, tenantId, async (trx) =>
        (await listUsers(trx, tenantId)).map(({ id, role, createdAt }) => ({
          userId: id,
          role,
          since: createdAt,
        })),
      ),
    listSecurityLog: ({ address, before, limit }) =>
      listSecurityRecords(deps.db, {
        now: deps.clock.now(),
        address,
        before: before ? new Date(before) : undefined,
        limit,
      }),
  }
}

type IdentityHandlers = Pick<HandlersOf<typeof identity>, OwnRow>
type OwnRow = Exclude<keyof typeof identity.procedures, keyof typeof dataHolder | keyof typeof operations>
