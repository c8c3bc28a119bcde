import type { Clock } from '@candor/runtime/clock'
import type { Log } from '@candor/runtime/logger'
import { pause } from '@candor/runtime/pause'
import { postgresTrouble } from '@candor/runtime/postgres'
import { asTenant } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import type { RetentionRules } from './retention-rules.ts'
import { seeErased } from './sweep-access.ts'
import { sweepBatch } from './sweep-batch.ts'
import type { SweepWork, Touched } from './sweep-batch.ts'
import { listWork } from './sweep-work.ts'

/**
 * Deletes and empties whatever is past its limit now, in small transactions with rests between them. It keeps no state:
 * a sweep that was killed has done whole batches, and the next one finds the rest. Several may run at once. What fails
 * is logged and left to the next sweep. Answers what was done.
 */
export async function sweep(options: SweepOptions): Promise<SweepOutcome> {
  const { db, map, clock, signal } = options
  const outcome: SweepOutcome = { rows: new Map(), failures: 0 }
  for await (const work of listWork(db, map, options.rules, clock.now())) {
    if (signal.aborted) break
    try {
      await finishWork(options, work, outcome)
    } catch (err) {
      outcome.failures++
      options.log.warn({ err, table: work.table }, 'a part of the retention sweep waits for the next one')
    }
  }
  return outcome
}

export interface SweepOptions {
  db: Kysely<any>
  map: DataMap
  rules: RetentionRules
  clock: Clock
  log: Log
  signal: AbortSignal
  /** Told after each batch. */
  onTouched?: (touched: Touched) => void
  /** How long to rest after a batch, as a multiple of how long it took. */
  rest?: number
}

export interface SweepOutcome {
  rows: Touched
  failures: number
}

async function finishWork(options: SweepOptions, work: SweepWork, outcome: SweepOutcome): Promise<void> {
  let size = batchSizeFirst
  while (!options.signal.aborted) {
    const startedAt = performance.now()
    let touched: Touched | undefined
    try {
      touched = await runBatch(options.db, options.map, work, size)
    } catch (err) {
      // Too much for the time a statement has: one of its rows may be a very long conversation.
      if (postgresTrouble(err) !== 'late' || size === 1) throw err
      size = Math.ceil(size / 4)
      continue
    }
    if (!touched || touched.size === 0) return
    for (const [table, rows] of touched) outcome.rows.set(table, (outcome.rows.get(table) ?? 0) + rows)
    options.onTouched?.(touched)
    const tookMs = performance.now() - startedAt
    size = Math.min(Math.max(Math.round(size * Math.min(batchMs / tookMs, 2)), 1), batchSizeMax)
    await pause(tookMs * (options.rest ?? restFactor), options.signal)
  }
}

/** A batch holds its locks about this long; whoever posts meanwhile shares the disk with it, and no more. */
const batchMs = 100
const batchSizeFirst = 20
const batchSizeMax = 2_000
/** Two thirds of the time belong to those who are waiting for an answer. */
const restFactor = 2

/** undefined: another process is at this table. */
function runBatch(
  db: Kysely<any>,
  map: DataMap,
  work: SweepWork,
  size: number,
): Promise<Touched | undefined> {
  return asTenant(db, work.tenantIds ?? [], async (trx) => {
    if (!(await holdSweep(trx, work.table))) return undefined
    await seeErased(trx)
    return sweepBatch(trx, map, work, size)
  })
}

/** Whether this transaction alone sweeps the table until it ends. */
export async function holdSweep(trx: Transaction<any>, table: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(${sweepLock}::int, hashtext(${table})) as held`.execute(trx)
  return rows[0]!.held
}

/** Any number that no other use of advisory locks in the database takes. */
const sweepLock = 7_003
