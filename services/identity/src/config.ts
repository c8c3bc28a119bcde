import { refuseMovedClock, SecretKey, ServiceEnvironment } from '@candor/runtime/config'
import { z } from 'zod'

const AtLeastOne = z.coerce.number().int().min(1)

/** Settings of the identity service, from its environment. */
export const Config = ServiceEnvironment.extend({
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().min(3),
  /** Seals the root key, under which signing keys lie and from which come those that hide addresses and derive refresh tokens. */
  SEALING_KEY: SecretKey,
  /** The one before, while it is exchanged. */
  SEALING_KEY_PREVIOUS: SecretKey.optional(),
  /** Whether everybody may open a business, or the installation is that of the first who does. */
  BUSINESSES: z.enum(['many', 'one']).default('many'),
  /** Per remote address. */
  SIGN_UPS_PER_HOUR_MAX: AtLeastOne.default(60),
  /** Per remote address, behind which a whole office may sit. */
  VISITOR_SESSIONS_PER_HOUR_MAX: AtLeastOne.default(3_000),
  /** Per business. */
  INVITATIONS_PER_HOUR_MAX: AtLeastOne.default(60),
  /** Wrong passwords for one e-mail address before each further one has to wait. */
  WRONG_PASSWORDS_PER_EMAIL_FREE: AtLeastOne.default(5),
  /** The same for one remote address, whatever e-mail addresses it tries. */
  WRONG_PASSWORDS_PER_REMOTE_FREE: AtLeastOne.default(100),
}).refine(refuseMovedClock, { path: ['CLOCK_OFFSET_MS'], message: 'production runs on the real clock' })

export type Config = z.infer<typeof Config>
