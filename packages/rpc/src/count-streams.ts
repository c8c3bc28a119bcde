import type { Metrics } from '@candor/runtime/metrics'

/** Told +1 when a live stream opens and -1 when it ends. */
export type CountStreams = (change: 1 | -1) => void

export function countStreams(metrics: Metrics): CountStreams {
  let open = 0
  metrics.gauge('rpc_streams_open', 'Live streams being read', [], (set) => set({}, open))
  return (change) => void (open += change)
}
