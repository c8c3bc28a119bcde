import { readConfig, ServiceEnvironment } from '@candor/runtime/config'
import { z } from 'zod'

/** The whole configuration of the process that serves the pages. */
export function readWebConfig(env: NodeJS.ProcessEnv): WebConfig {
  return readConfig(WebEnvironment, env)
}

export const WebEnvironment = ServiceEnvironment.pick({
  LOG_LEVEL: true,
  LISTEN_ON: true,
  HTTP_PORT: true,
  OPERATIONS_PORT: true,
  DRAIN_AFTER_MS: true,
}).extend({
  /** Where the demo shop finds the widget; without it, where the shop itself is. */
  PUBLIC_URL: ServiceEnvironment.shape.PUBLIC_URL.optional(),
  /** Where privacy answers, if not there. */
  PRIVACY_URL: ServiceEnvironment.shape.PUBLIC_URL.optional(),
  /** Holds the widget key of the business the demo shop belongs to. */
  WIDGET_KEY_FILE: z.string().min(1).optional(),
})
export type WebConfig = z.infer<typeof WebEnvironment>
