import { refuseMovedClock, ServiceEnvironment } from '@candor/runtime/config'
import { z } from 'zod'

/** Settings of the chat service, from its environment. */
export const Config = ServiceEnvironment.extend({
  /** How many conversations one visitor may start within an hour. */
  CONVERSATIONS_PER_HOUR_MAX: z.coerce.number().int().min(1).default(20),
  /** Where businesses are written to, as `<slug>@<domain>`; without one there is no mail channel. */
  MAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'a domain in small letters')
    .optional(),
  /** Where the mail relay in front delivers. It is the relay that checks SPF, DKIM and DMARC. */
  MAIL_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().optional(),
})
  .refine(hasWholeMailChannel, {
    path: ['MAIL_DOMAIN'],
    message: 'MAIL_PORT, SMTP_URL and MAIL_FROM belong to it',
  })
  .refine(refuseMovedClock, { path: ['CLOCK_OFFSET_MS'], message: 'production runs on the real clock' })

function hasWholeMailChannel(
  config: Partial<Record<'MAIL_DOMAIN' | 'MAIL_PORT' | 'SMTP_URL' | 'MAIL_FROM', unknown>>,
) {
  const { MAIL_DOMAIN, MAIL_PORT, SMTP_URL, MAIL_FROM } = config
  return MAIL_DOMAIN === undefined || [MAIL_PORT, SMTP_URL, MAIL_FROM].every((value) => value !== undefined)
}

export type Config = z.infer<typeof Config>
