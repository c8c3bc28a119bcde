import { listen } from '@candor/runtime/http-server'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { serveOperations } from '@candor/runtime/operations-server'
import type { WebConfig } from './config.ts'
import { createRouter } from './router.ts'
import { timeRequests } from './time-requests.ts'

/** Serves the built pages until the lifecycle ends. Answers the port it listens on. */
export async function startWeb(config: WebConfig, { log, lifecycle }: WebParts): Promise<number> {
  const metrics = createMetrics('web')
  const host = config.LISTEN_ON
  const router = await createRouter(config)
  const port = await listen(
    lifecycle,
    'http',
    { port: config.HTTP_PORT, host },
    timeRequests(metrics, router),
  )
  // Everything it serves is on its own disk and was read above: once it listens, it is ready.
  await serveOperations(lifecycle, { port: config.OPERATIONS_PORT, host, metrics, checks: {} })
  log.info({ port }, 'serving pages')
  return port
}

interface WebParts {
  log: Log
  lifecycle: Lifecycle
}
