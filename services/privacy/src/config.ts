import { refuseMovedClock, SecretKey, ServiceEnvironment } from '@candor/runtime/config'
import { z } from 'zod'

/** Settings of the privacy service, from its environment. */
export const Config = ServiceEnvironment.extend({
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().min(3).max(320),
  /** Seals the root key, under which addresses lie, the identifiers an erasure needs, and the key that signs receipts. */
  SEALING_KEY: SecretKey,
  /** The one before, while it is exchanged. */
  SEALING_KEY_PREVIOUS: SecretKey.optional(),
  /** How many requests one network address may open within an hour, at each replica. */
  REQUESTS_PER_HOUR_REMOTE_MAX: z.coerce.number().int().min(1).default(300),
  /** How many requests may be opened for one mail address within an hour. */
  REQUESTS_PER_HOUR_ADDRESS_MAX: z.coerce.number().int().min(1).default(20),
  /** How long one service is given to locate, hide, erase, search or export; an erasure's later tries give longer. */
  HOLDER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(5_000),
  /** How often requests that became due by themselves are looked for; what a caller did is taken up at once. */
  SAGA_POLL_MS: z.coerce.number().int().min(10).max(10_000).default(250),
}).refine(refuseMovedClock, { path: ['CLOCK_OFFSET_MS'], message: 'production runs on the real clock' })

export type Config = z.infer<typeof Config>
