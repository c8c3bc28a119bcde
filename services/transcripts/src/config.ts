import { refuseMovedClock, ServiceEnvironment } from '@candor/runtime/config'
import { z } from 'zod'

export const Config = ServiceEnvironment.extend({
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().min(3),
}).refine(refuseMovedClock, { path: ['CLOCK_OFFSET_MS'], message: 'must be 0 in production' })
export type Config = z.infer<typeof Config>
