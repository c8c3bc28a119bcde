import { z } from 'zod'
import { admins, anyone, owner, staff } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Id, printable, prose, Secret, Time } from '../fields.ts'

export const NewsPreference = z.object({
  /** News about the service: `null` while nothing was chosen, and the business's notice decides. */
  serviceNews: z.boolean().nullable(),
  /** Anything else: only ever with consent. */
  offers: z.boolean(),
  /** The last sign of interest; the preference is forgotten some time after it. */
  interestedAt: Time.nullable(),
})
export type NewsPreference = z.infer<typeof NewsPreference>

const Letter = { subject: printable(1, 150), text: prose(1, 10_000) }
const OptOut = z.object({ token: Secret })

/** Who wants which news, and the letters that go out by it. */
export const marketing = {
  getNewsPreference: query({
    summary: 'Which news the caller wants at the address of their account.',
    access: staff,
    purpose: 'send-news',
    input: z.object({}),
    output: NewsPreference,
  }),
  setServiceNews: mutation({
    summary: 'Takes news about the service on or off. Offers go by consent for `marketing-mail`.',
    access: staff,
    purpose: 'send-news',
    input: z.object({ wanted: z.boolean() }),
    output: NewsPreference,
  }),
  stopNews: mutation({
    summary:
      'Stops the news a letter belongs to, by the token of that letter, without signing in; what is still queued is not sent. Repeating it changes nothing.',
    access: anyone,
    purpose: 'send-news',
    input: OptOut,
    output: z.object({ stopped: z.enum(['service-news', 'offers']) }),
    errors: ['bad-credentials'],
  }),
  confirmOffers: mutation({
    summary:
      'Proves by a mailed token that an address is its owner’s, who wants offers there. It works for two days, and only while the consent stands.',
    access: anyone,
    purpose: 'send-news',
    input: OptOut,
    output: z.object({ confirmed: z.boolean() }),
    errors: ['bad-credentials', 'expired'],
  }),
  sendNews: mutation({
    summary:
      'Sends news about the service to the accounts that may get it: by the notice in force, and never to one that has opted out.',
    access: owner,
    purpose: 'send-news',
    input: z.object(Letter),
    output: z.object({ mailingId: Id, queued: z.number().int() }),
    errors: ['forbidden', 'too-many'],
  }),
  sendCampaign: mutation({
    summary:
      'Sends a campaign to those who agreed to offers and proved their address. The instruction of the business is recorded with it.',
    access: owner,
    purpose: 'send-news',
    input: z.object({ ...Letter, instruction: prose(10, 2_000) }),
    output: z.object({ mailingId: Id, queued: z.number().int() }),
    errors: ['forbidden', 'too-many'],
  }),
  listMailings: query({
    summary: 'What was sent, on whose instruction and to how many, newest first.',
    access: admins,
    purpose: 'none',
    input: z.object({}),
    output: z.array(
      z.object({
        id: Id,
        kind: z.enum(['service-news', 'campaign']),
        subject: z.string(),
        instruction: z.string().nullable(),
        instructedBy: Id,
        at: Time,
        queued: z.number().int(),
      }),
    ),
  }),
} as const
