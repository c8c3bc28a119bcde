import { z } from 'zod'
import { admins, services } from '../callers.ts'
import { query } from '../contract.ts'
import { Expiring } from '../data-holder.ts'
import { Time } from '../fields.ts'

export const RetentionPreview = z.array(Expiring.extend({ service: z.enum(services) }))
export type RetentionPreview = z.infer<typeof RetentionPreview>

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
} as const
