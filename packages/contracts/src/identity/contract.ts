import { z } from 'zod'
import { admins, anyone, owner, staff, visitorOrStaff } from '../callers.ts'
import { contract, mutation, query } from '../contract.ts'
import type { RouterOf } from '../contract.ts'
import { dataHolder } from '../data-holder.ts'
import { Email, Id, Limit, Password, PersonName, Secret, Slug, Time } from '../fields.ts'
import { operations } from '../operations.ts'
import { accounts } from './accounts.ts'
import {
  Business,
  EndedSession,
  Invitation,
  PublicKey,
  Role,
  SecurityEntry,
  SignUp,
  StaffSession,
  StaffUser,
  Tokens,
  VisitorSession,
  WidgetKey,
} from './schemas.ts'

/** Who people are: businesses, their staff, sessions of staff and visitors. */
export const identity = contract('identity', {
  signUp: mutation({
    summary: 'Opens an account for a business on the trial plan and signs its owner in.',
    access: anyone,
    purpose: 'run-account',
    input: SignUp,
    output: StaffSession,
    errors: ['conflict', 'too-many'],
  }),
  signIn: mutation({
    summary:
      'Exchanges e-mail and password for a session. A wrong address and a wrong password answer alike.',
    access: anyone,
    purpose: 'run-account',
    input: z.object({ email: Email, password: z.string().min(1).max(256) }),
    output: StaffSession,
    errors: ['bad-credentials', 'too-many'],
  }),
  refreshSession: mutation({
    summary: 'Exchanges a refresh token for the next pair. Using one twice ends the whole session.',
    access: anyone,
    purpose: 'run-account',
    input: z.object({ refreshToken: Secret }),
    output: Tokens,
    errors: ['bad-credentials'],
  }),
  signOut: mutation({
    summary: 'Ends the session of the caller; its refresh token is dead at once.',
    access: visitorOrStaff,
    purpose: 'run-account',
    input: z.object({}),
    output: z.object({}),
  }),
  me: query({
    summary: 'The signed-in user and their business.',
    access: staff,
    purpose: 'run-account',
    input: z.object({}),
    output: z.object({ user: StaffUser, business: Business }),
  }),
  updateProfile: mutation({
    summary: "Changes the caller's name or e-mail. A new e-mail needs the current password.",
    access: staff,
    purpose: 'run-account',
    input: z.object({
      name: PersonName.optional(),
      email: Email.optional(),
      currentPassword: z.string().min(1).max(256).optional(),
    }),
    output: StaffUser,
    errors: ['bad-credentials', 'conflict', 'too-many'],
  }),
  inviteStaff: mutation({
    summary:
      'Invites a colleague by mail; the link works once and for seven days. Inviting again replaces the link.',
    access: admins,
    purpose: 'run-account',
    input: z.object({ email: Email, role: z.enum(['admin', 'agent']) }),
    output: Invitation,
    errors: ['conflict', 'too-many'],
  }),
  acceptInvitation: mutation({
    summary: 'Turns an invitation into an account and signs it in.',
    access: anyone,
    purpose: 'run-account',
    input: z.object({ token: Secret, name: PersonName, password: Password }),
    output: StaffSession,
    errors: ['not-found', 'expired', 'conflict', 'too-many'],
  }),
  listStaff: query({
    summary: "The business's staff; owners and admins also see open invitations.",
    access: staff,
    purpose: 'run-account',
    input: z.object({}),
    output: z.object({ staff: z.array(StaffUser), invitations: z.array(Invitation) }),
  }),
  changeRole: mutation({
    summary: 'Gives a colleague another role. A business always keeps an owner.',
    access: owner,
    purpose: 'run-account',
    input: z.object({ userId: Id, role: Role }),
    output: StaffUser,
    errors: ['not-found', 'conflict'],
  }),
  ...accounts,
  startVisitorSession: mutation({
    summary:
      "Gives a visitor of a business's site a pseudonymous session. The widget calls it at the first click, never before.",
    access: anyone,
    purpose: 'answer-inquiry',
    input: z.object({
      widgetKey: WidgetKey,
      /** Of the visitor's browser; English is spoken where the language is not. */
      language: z.string().max(40).optional(),
    }),
    output: VisitorSession,
    errors: ['not-found', 'too-many'],
  }),
  getJwks: query({
    summary: 'Public keys that verify access tokens.',
    access: [...anyone, 'chat', 'billing', 'transcripts', 'privacy'],
    purpose: 'none',
    input: z.object({}),
    output: z.object({ keys: z.array(PublicKey) }),
  }),
  listEndedSessions: query({
    summary:
      'Sessions that ended, or whose holder changed role, while tokens of theirs are valid; oldest first.',
    access: ['chat', 'billing', 'transcripts', 'privacy'],
    purpose: 'none',
    input: z.object({ after: EndedSession.pick({ at: true, sessionId: true }).nullable() }),
    output: z.object({ asOf: Time, ended: z.array(EndedSession) }),
  }),

  findBusiness: query({
    summary: 'A business by id, slug or widget key, or null.',
    access: ['chat', 'billing', 'transcripts', 'privacy'],
    purpose: 'none',
    input: z.object({ tenantId: Id.optional(), slug: Slug.optional(), widgetKey: WidgetKey.optional() }),
    output: Business.nullable(),
  }),
  getStaffNames: query({
    summary: 'Display names of staff by id; unknown ids are left out.',
    access: ['chat', 'transcripts'],
    purpose: 'answer-inquiry',
    input: z.object({ tenantId: Id, userIds: z.array(Id).max(500) }),
    output: z.array(z.object({ userId: Id, name: z.string() })),
  }),
  getOwnerAddress: query({
    summary: 'Where a business is reached about its account.',
    access: ['billing', 'privacy'],
    purpose: 'run-account',
    input: z.object({ tenantId: Id }),
    output: z.object({ userId: Id, name: z.string(), email: z.string() }),
    errors: ['not-found'],
  }),
  listStaffIds: query({
    summary: 'Who is staff of a business, as ids.',
    access: ['privacy'],
    purpose: 'obey-law',
    input: z.object({ tenantId: Id }),
    output: z.array(z.object({ userId: Id, role: Role, since: Time })),
  }),
  listStaffAddresses: query({
    summary: 'Where each account of a business is reached: a changed notice is mailed to all of them.',
    access: ['privacy'],
    purpose: 'run-account',
    input: z.object({ tenantId: Id }),
    output: z.array(z.object({ userId: Id, email: z.string(), createdAt: Time })),
  }),
  issueSubjectToken: mutation({
    summary: 'An access token for a data subject whose address privacy has proven.',
    access: ['privacy'],
    purpose: 'serve-rights',
    input: z.object({ tenantId: Id, requestId: Id }),
    output: z.object({ accessToken: z.string(), accessExpiresAt: Time }),
  }),
  listSecurityLog: query({
    summary: 'Network addresses and devices of sign-ins and refusals, newest first. Joined with nothing.',
    access: ['operator'],
    purpose: 'keep-secure',
    input: z.object({
      address: z.string().max(60).optional(),
      before: Time.optional(),
      limit: Limit.default(50),
    }),
    output: z.array(SecurityEntry),
  }),
  ...dataHolder,
  ...operations,
})

export type IdentityRouter = RouterOf<typeof identity>
