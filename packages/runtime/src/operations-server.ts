import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from './http-server.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Metrics } from './metrics.ts'

/**
 * `/healthz`: the process runs. `/readyz`: it can serve, every check passes and it is not stopping. `/metrics`: for
 * Prometheus. On a port of its own, so that none of it is public.
 */
export async function serveOperations(lifecycle: Lifecycle, options: OperationsOptions): Promise<number> {
  const { metrics, checks } = options
  metrics.gauge(
    'readiness_check_ok',
    'Whether what readiness depends on is there',
    ['check'],
    async (set) => {
      const failed = await failedChecks(checks)
      for (const check of Object.keys(checks)) set({ check }, failed.includes(check) ? 0 : 1)
    },
  )
  return listen(lifecycle, 'operations', options, (request, response) => {
    answer(lifecycle, options, request, response).catch(() => reply(response, 500, 'failed'))
  })
}

interface OperationsOptions {
  port: number
  host?: string | undefined
  metrics: Metrics
  /** Each rejects while what it looks at is away. */
  checks: Record<string, () => Promise<unknown>>
}

async function answer(
  lifecycle: Lifecycle,
  { metrics, checks }: OperationsOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url === '/healthz') return reply(response, 200, 'ok')
  if (request.url === '/metrics') {
    response.setHeader('content-type', metrics.registry.contentType)
    return reply(response, 200, await metrics.registry.metrics())
  }
  if (request.url !== '/readyz') return reply(response, 404, 'not found')
  if (lifecycle.leaving.aborted) return reply(response, 503, 'stopping')
  const failed = await failedChecks(checks)
  if (failed.length === 0) return reply(response, 200, 'ready')
  reply(response, 503, `waiting for ${failed.join(', ')}`)
}

async function failedChecks(checks: OperationsOptions['checks']): Promise<string[]> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await Promise.race([check(), timeout()])
        return []
      } catch {
        return [name]
      }
    }),
  )
  return results.flat()
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('check timed out')), 2_000).unref())
}

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status).end(body)
}
