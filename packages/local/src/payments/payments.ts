import { startHttp } from '../pages/http-server.ts'
import type { PaymentsConfig } from './config.ts'
import { paymentRoutes } from './routes.ts'
import { openState } from './state.ts'
import { startWebhooks } from './webhooks.ts'

/** A payment platform in small: checkout, signed notices, refunds. It stands for a third party and knows no Candor. */
export async function startPayments(
  config: PaymentsConfig,
  options: { firstRetryMs?: number } = {},
): Promise<Payments> {
  const file = openState(config.DATA_FILE)
  const webhooks = startWebhooks(file, { secret: config.PAYMENT_WEBHOOK_SECRET, ...options })
  let url = ''
  const routes = paymentRoutes(file, { apiKey: config.PAYMENT_API_KEY, webhooks, publicUrl: () => url })
  const http = await startHttp(routes, config.HTTP_PORT)
  url = `http://localhost:${http.port}`
  return {
    url,
    async stop() {
      webhooks.stop()
      await http.stop()
    },
  }
}

export interface Payments {
  readonly url: string
  stop(): Promise<void>
}
