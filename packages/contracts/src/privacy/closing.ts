import { z } from 'zod'
import { owner, services, subject } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Held, Kept } from '../data-holder.ts'
import { Id, Time } from '../fields.ts'
import { PublicKey } from '../identity/schemas.ts'
import { ErasureReceipt } from './schemas.ts'

const InService = z.object({ service: z.enum(services) })

/** What stays when an account is closed: by which law and until when, and what somebody has put on hold. */
export const Remains = z.object({
  kept: z.array(Kept.extend(InService.shape)),
  held: z.array(Held.extend(InService.shape)),
})
export type Remains = z.infer<typeof Remains>

/** A closed account, to who closed it. */
export const Closure = z.object({
  state: z.enum(['closing', 'closed']),
  closedAt: Time,
  /** When everything that goes was gone. */
  endedAt: Time.nullable(),
  services: z.array(InService.extend({ isErased: z.boolean() })),
  receipt: z.object({ receipt: ErasureReceipt, jws: z.string(), publicKey: PublicKey }).nullable(),
})
export type Closure = z.infer<typeof Closure>

/** How a business ends its account. There is no way back, so its name is typed. */
export const closing = {
  previewClosure: query({
    summary: 'What would stay if the business closed its account now, each with its reason and end.',
    access: owner,
    purpose: 'run-account',
    input: z.object({}),
    output: Remains,
  }),
  closeAccount: mutation({
    summary:
      'Closes the account of the business for good, at once: sessions end, everything goes but what a law keeps, and staff are told by mail. The token in the answer opens the state and the receipt for an hour.',
    access: owner,
    purpose: 'run-account',
    input: z.object({
      /** The name of the business, as it stands in its account. */
      businessName: z.string().min(1).max(200),
    }),
    output: z.object({ closureId: Id, closedAt: Time, accessToken: z.string(), accessExpiresAt: Time }),
    errors: ['conflict'],
  }),
  getClosure: query({
    summary: 'How far the closing of an account is, with its receipt at the end.',
    access: subject,
    purpose: 'run-account',
    input: z.object({ closureId: Id }),
    output: Closure,
    errors: ['not-found'],
  }),
} as const
