import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { createOutgoingFetch } from '@candor/runtime/outgoing-fetch'

/** Calls out to one address alone. */
export function outgoingTo(url: string) {
  return createOutgoingFetch({
    hostsOf: () => [new URL(url).host],
    metrics: createMetrics('billing'),
    log: createLogger({ service: 'billing', level: 'silent' }),
  })
}
