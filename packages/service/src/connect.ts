import type { ServiceName } from '@candor/contracts/callers'
import { systemClock } from '@candor/runtime/clock'
import type { Clock } from '@candor/runtime/clock'
import type { ServiceEnvironment } from '@candor/runtime/config'
import { idGenerator } from '@candor/runtime/ids'
import type { NewId } from '@candor/runtime/ids'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import type { Metrics } from '@candor/runtime/metrics'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { serveOperations } from '@candor/runtime/operations-server'
import { connectPostgres } from '@candor/runtime/postgres'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { observeCertificates } from './observe-certificates.ts'
import { startPolicies } from './policies.ts'
import type { Policies } from './policies.ts'

/** What every service stands on. `overrides` is how a test puts its own clock and notice in. */
export async function connect<DB>(
  lifecycle: Lifecycle,
  options: {
    service: ServiceName
    config: z.infer<typeof ServiceEnvironment>
    log: Log
    overrides?: { clock?: Clock; policies?: Policies | undefined }
  },
): Promise<Base<DB>> {
  const { service, config, log } = options
  const clock = options.overrides?.clock ?? systemClock(config.CLOCK_OFFSET_MS)
  const metrics = createMetrics(service)
  const db = connectPostgres<DB>({
    url: config.DATABASE_URL,
    poolSizeMax: config.DATABASE_POOL_SIZE,
    log,
    metrics,
  })
  // Open before anything else: whoever asks is told what is still waited for.
  const checks: Base<DB>['checks'] = { start: () => Promise.reject(new Error('starting')) }
  const operationsPort = await serveOperations(lifecycle, {
    port: config.OPERATIONS_PORT,
    host: config.LISTEN_ON,
    metrics,
    checks,
  })
  lifecycle.onStop('postgres', () => db.destroy())
  const nats = await connectNats({
    url: config.NATS_URL,
    caFile: config.NATS_CA_FILE,
    seed: config.NATS_SEED,
    name: service,
    log,
  })
  lifecycle.onStop('nats', () => closeNats(nats))
  observeCertificates({ config, metrics })
  const policies =
    options.overrides?.policies ?? (await startPolicies(lifecycle, { db, nats, clock, log, metrics }))
  return {
    service,
    listenOn: config.LISTEN_ON,
    operationsPort,
    checks,
    db,
    nats,
    clock,
    newId: idGenerator(clock),
    log,
    metrics,
    policies,
  }
}

export interface Base<DB> {
  service: ServiceName
  /** Address its doors listen on; all of the machine's where none is named. */
  listenOn: string | undefined
  operationsPort: number
  /** What readiness depends on; `start` fails until the doors are open. */
  checks: Record<string, () => Promise<unknown>>
  db: Kysely<DB>
  nats: NatsConnection
  clock: Clock
  newId: NewId
  log: Log
  metrics: Metrics
  /** What each tenant's notice sets: ask it wherever a setting is obeyed. */
  policies: Policies
}
