import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import { explainError } from './explain-error.ts'

/** Times, counts and logs one call; what it throws passes through unchanged. */
export type Observe = <T>(
  call: { procedure: string; kind: string; door: string },
  work: () => Promise<T>,
) => Promise<T>

export function createObserve(log: Log, metrics: Metrics): Observe {
  const requests = metrics.counter('rpc_requests_total', 'Calls by outcome', [
    'procedure',
    'kind',
    'door',
    'reason',
  ])
  const seconds = metrics.histogram('rpc_request_duration_seconds', 'Duration of calls', [
    'procedure',
    'door',
  ])
  let inFlight = 0
  metrics.gauge('rpc_in_flight', 'Calls being served', [], (set) => set({}, inFlight))

  return async (call, work) => {
    const started = performance.now()
    inFlight++
    let reason = 'ok'
    try {
      return await work()
    } catch (thrown) {
      const error = explainError(thrown)
      reason = error.reason
      const fields = { ...call, reason, durationMs: Math.round(performance.now() - started) }
      if (reason === 'internal') log.error({ ...fields, err: error.cause ?? error }, 'call failed')
      else log.info(fields, 'call refused')
      throw thrown
    } finally {
      inFlight--
      requests.inc({ ...call, reason })
      if (call.kind !== 'subscription') {
        seconds.observe({ procedure: call.procedure, door: call.door }, (performance.now() - started) / 1000)
      }
    }
  }
}
