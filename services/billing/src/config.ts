import { refuseMovedClock, ServiceEnvironment } from '@candor/runtime/config'
import { z } from 'zod'
import { isEuCountry } from './domain/vat-rates.ts'

const WebhookSecret = z
  .string()
  .regex(/^whsec_/, 'whsec_ and then base64')
  .transform((text) => Buffer.from(text.slice('whsec_'.length), 'base64'))
  .refine((key) => key.length >= 24, 'at least 24 bytes in base64 after whsec_')

const demoVatId = 'DE123456789'

/** Settings of the billing service, from its environment. */
export const Config = ServiceEnvironment.extend({
  PAYMENT_API_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  PAYMENT_API_KEY: z.string().min(1),
  /** Signs the provider's notices (Standard Webhooks). */
  PAYMENT_WEBHOOK_SECRET: WebhookSecret,
  /** The one before, while it is exchanged: notices signed by either are taken. */
  PAYMENT_WEBHOOK_SECRET_PREVIOUS: WebhookSecret.optional(),
  /** Who issues the invoices. Its lines are split by line breaks. */
  SELLER_NAME: z.string().min(1).default('Candor Demo GmbH'),
  SELLER_ADDRESS: z.string().min(1).default('Musterstraße 1\n10115 Berlin\nGermany'),
  SELLER_VAT_ID: z.string().min(1).default(demoVatId),
  SELLER_COUNTRY: z
    .string()
    .refine(isEuCountry, 'a member state of the EU, two capital letters')
    .default('DE'),
})
  .refine(refuseMovedClock, { path: ['CLOCK_OFFSET_MS'], message: 'production runs on the real clock' })
  .refine(({ NODE_ENV, SELLER_VAT_ID }) => NODE_ENV !== 'production' || SELLER_VAT_ID !== demoVatId, {
    path: ['SELLER_VAT_ID'],
    message: 'production invoices name a real seller',
  })

export type Config = z.infer<typeof Config>
