import { z } from 'zod'
import { admins, services } from '../callers.ts'
import { query } from '../contract.ts'
import { Expiring } from '../data-holder.ts'
import { DayOfDisposals } from '../disposals.ts'
import { Id, Limit, Time } from '../fields.ts'
import { PublicKey } from '../identity/schemas.ts'

export const RetentionPreview = z.array(Expiring.extend({ service: z.enum(services) }))
export type RetentionPreview = z.infer<typeof RetentionPreview>

/** What the sweeps of a service disposed of for a business on one day: categories, dispositions, numbers and times alone. */
export const DisposalReceipt = z.strictObject({
  id: Id,
  businessId: Id,
  service: z.enum(services),
  ...DayOfDisposals.shape,
  issuedAt: Time,
})
export type DisposalReceipt = z.infer<typeof DisposalReceipt>

/** What retention takes, and when. */
export const retention = {
  previewRetention: query({
    summary:
      'What the sweep would have taken by that time of what is held now, in every service, by category and table.',
    access: admins,
    purpose: 'none',
    input: z.object({ asOf: Time }),
    output: RetentionPreview,
  }),
  listDisposals: query({
    summary:
      'What retention deleted or made anonymous, newest first: a signed receipt for each service and day, which verifies offline and stands in the audit log. It tells of nobody.',
    access: admins,
    purpose: 'none',
    input: z.object({ before: Id.optional(), limit: Limit.default(30) }),
    output: z.array(z.object({ receipt: DisposalReceipt, jws: z.string(), publicKey: PublicKey })),
  }),
} as const
