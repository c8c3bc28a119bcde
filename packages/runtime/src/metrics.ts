import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** One registry a process, passed on; labels are bounded words, never ids. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    counter: (name, help, labelNames) => new Counter({ name, help, labelNames, registers: [registry] }),
    histogram: (name, help, labelNames, buckets = durationBuckets) =>
      new Histogram({ name, help, labelNames, registers: [registry], buckets }),
    gauge(name, help, labelNames, collect) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        labelNames,
        registers: [registry],
        async collect() {
          forget(gauge, labelNames)
          try {
            await collect((labels, value) => gauge.set(labels, value))
          } catch {
            // What cannot be read has no sample, and the other metrics are wanted most when something is away.
          }
        },
      })
    },
  }
}

/** The last value must not stand for one that could not be read; `reset` alone would put a zero in its place. */
function forget(gauge: Gauge, labelNames: string[]): void {
  gauge.reset()
  if (labelNames.length === 0) gauge.remove()
}

const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export interface Metrics {
  readonly registry: Registry
  counter(name: string, help: string, labelNames: string[]): Counter
  /** For durations in seconds, unless other buckets are named. */
  histogram(name: string, help: string, labelNames: string[], buckets?: number[]): Histogram
  /** Read when scraped; while `collect` throws there is no sample. */
  gauge(
    name: string,
    help: string,
    labelNames: string[],
    collect: (set: (labels: Record<string, string>, value: number) => void) => void | Promise<void>,
  ): void
}
