import { refuseMovedClock, ServiceEnvironment } from '@candor/runtime/config'
import { z } from 'zod'

/** Settings of the chat service, from its environment. */
export const Config = ServiceEnvironment.extend({
  /** How many conversations one visitor may start within an hour. */
  CONVERSATIONS_PER_HOUR_MAX: z.coerce.number().int().min(1).default(20),
}).refine(refuseMovedClock, { path: ['CLOCK_OFFSET_MS'], message: 'production runs on the real clock' })

export type Config = z.infer<typeof Config>
