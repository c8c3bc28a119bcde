import { z } from 'zod'
import { admins, owner } from '../callers.ts'
import { mutation } from '../contract.ts'
import { Id } from '../fields.ts'
import { StaffUser } from './schemas.ts'

const OfUser = z.object({ userId: Id })

/** The end of an account: deactivated it can't be signed in to and its name stays, removed its name goes too. */
export const accounts = {
  deactivateStaff: mutation({
    summary:
      'Closes a colleague’s account: they cannot sign in, and what they wrote keeps their name. An owner is closed by an owner alone, and a business always keeps one.',
    access: admins,
    purpose: 'run-account',
    input: OfUser,
    output: z.object({}),
    errors: ['not-found', 'forbidden', 'conflict'],
  }),
  reactivateStaff: mutation({
    summary: 'Opens a deactivated account again, with the role and password it had.',
    access: owner,
    purpose: 'run-account',
    input: OfUser,
    output: StaffUser,
    errors: ['not-found'],
  }),
  removeStaff: mutation({
    summary:
      'Deletes an account: name and address are gone, and what it wrote shows as removed everywhere. A business always keeps an owner.',
    access: owner,
    purpose: 'run-account',
    input: OfUser,
    output: z.object({}),
    errors: ['not-found', 'conflict'],
  }),
  closeBusiness: mutation({
    summary:
      'Lets nobody of a business in any more: its sessions end, its widget and its pages are not found.',
    access: ['privacy'],
    purpose: 'run-account',
    input: z.object({ tenantId: Id }),
    output: z.object({}),
  }),
  endAccounts: mutation({
    summary:
      'For a request of their person: closes or removes accounts of staff and ends sessions of visitors. The last owner’s stays.',
    access: ['privacy'],
    purpose: 'serve-rights',
    input: z.object({
      tenantId: Id,
      userIds: z.array(Id).max(20),
      visitorIds: z.array(Id).max(5000),
      remove: z.boolean(),
    }),
    output: z.object({ ended: z.number().int(), keptOwner: z.boolean() }),
  }),
} as const
