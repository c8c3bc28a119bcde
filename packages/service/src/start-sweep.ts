import type { CategoryId } from '@candor/contracts/policy/categories'
import type { DataMap } from '@candor/personal-data/data-map'
import { clockedCategories, clockedTables } from '@candor/personal-data/expiry-plan'
import { oldestPastLimit } from '@candor/personal-data/oldest-past-limit'
import { sweep } from '@candor/personal-data/sweep'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { pause } from '@candor/runtime/pause'
import type { Base } from './connect.ts'
import { reportsDisposals } from './report-disposals.ts'
import type { TellDisposals } from './report-disposals.ts'

/**
 * Sweeps a service's tables again and again, from soon after the start: what is past its limit goes, by the data map
 * and each tenant's rules. Every replica may run it. Afterwards it tells what went on days that are over, and looks at
 * what is left, for the metric that the alert watches.
 */
export function startSweep(
  lifecycle: Lifecycle,
  base: Base<any>,
  map: DataMap,
  settings: SweepSettings,
): void {
  const { db, clock, log, policies } = base
  const { signal } = lifecycle
  const observed = observeSweep(base, map)
  const report = reportsDisposals(base, settings.tell)
  const options = { db, map, clock, log, signal, rules: policies, onTouched: observed.touched }

  async function once(): Promise<void> {
    observed.started()
    await settings.first?.(observed.touched, signal)
    const { failures } = await sweep(options)
    if (signal.aborted) return
    await report()
    observed.finished(failures, await oldestPastLimit(db, map, policies, clock.now()))
  }

  async function loop() {
    await pause(firstAfterMs, signal)
    while (!signal.aborted) {
      await once().catch((err: unknown) => {
        observed.failed()
        log.warn({ err }, 'the retention sweep waits for its next turn')
      })
      await pause(settings.everyMs, signal)
    }
  }

  const finished = loop()
  lifecycle.onStop('sweep', () => finished)
}

export interface SweepSettings {
  everyMs: number
  /** How privacy learns what went, for its receipts. */
  tell: TellDisposals
  /** What can be taken in larger pieces than rows, before each sweep. */
  first?: (onTouched: (touched: ReadonlyMap<string, number>) => void, signal: AbortSignal) => Promise<void>
}

/** When the start has calmed down. */
const firstAfterMs = 1_000

function observeSweep({ metrics }: Base<any>, map: DataMap) {
  const rows = metrics.counter('retention_rows_swept_total', 'Rows deleted or emptied at their limit', [
    'table',
  ])
  const failures = metrics.counter(
    'retention_sweep_failures_total',
    'Parts of a sweep that did not get done',
    [],
  )
  let oldest: ReadonlyMap<string, number> | undefined
  let running = false
  let finishedAt: number | undefined
  metrics.gauge('retention_sweep_running', 'Whether a sweep is running here', [], (set) =>
    set({}, running ? 1 : 0),
  )
  metrics.gauge('retention_sweep_finished_timestamp_seconds', 'When the last sweep here ended', [], (set) => {
    if (finishedAt !== undefined) set({}, finishedAt)
  })
  metrics.gauge(
    'retention_oldest_past_limit_seconds',
    'By how much the oldest record of a category is over its limit, after the last sweep',
    ['category'],
    (set) => {
      if (oldest) for (const category of categoriesOf(map)) set({ category }, oldest.get(category) ?? 0)
    },
  )
  return {
    started: () => void (running = true),
    touched: (touched: ReadonlyMap<string, number>) => {
      for (const [table, count] of touched) rows.inc({ table }, count)
    },
    failed: () => {
      running = false
      failures.inc()
    },
    finished: (failed: number, left: ReadonlyMap<string, number>) => {
      running = false
      finishedAt = Date.now() / 1_000
      oldest = left
      if (failed > 0) failures.inc(failed)
    },
  }
}

function categoriesOf(map: DataMap): (CategoryId | 'technical')[] {
  return [
    ...new Set([
      ...clockedTables(map).flatMap((table) => clockedCategories(map, table)),
      'technical' as const,
    ]),
  ]
}
