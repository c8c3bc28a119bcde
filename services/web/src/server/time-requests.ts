import type { RequestListener } from 'node:http'
import type { Metrics } from '@candor/runtime/metrics'
import type { Router } from './router.ts'

/** Counts and times requests by kind of answer, never by address: addresses hold ids. */
export function timeRequests(metrics: Metrics, router: Router): RequestListener {
  const durations = metrics.histogram(
    'web_request_duration_seconds',
    'Time to answer a request for a page or file',
    ['kind', 'status'],
  )
  return (request, response) => {
    const done = durations.startTimer()
    const kind = router(request, response)
    response.once('close', () => done({ kind, status: String(response.statusCode) }))
  }
}
