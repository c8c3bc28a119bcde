import type { ServiceName } from '@candor/contracts/callers'
import { errorReasons } from '@candor/contracts/errors'
import type { ErrorReason } from '@candor/contracts/errors'
import type { EventEnvelope } from '@candor/contracts/event'
import type { Clock } from '@candor/runtime/clock'
import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import { postgresTrouble } from '@candor/runtime/postgres'
import { continueTrace, runInTrace } from '@candor/runtime/trace'
import type { Kysely } from 'kysely'
import { applyEvents, findHandled } from './apply-events.ts'
import { findListener } from './listener.ts'
import type { EventFacts, Listener } from './listener.ts'
import { findParked, parkEvent } from './parked.ts'

/**
 * Handles one event once. `done`: applied, dropped as a repeat, refused because its person was erased, or parked.
 * `again`: something it needs is away, or it gets another try; nothing happened.
 */
export async function handleEvent(
  options: HandlingOptions,
  envelope: EventEnvelope,
  attempt: number,
  redriven = false,
): Promise<'done' | 'again'> {
  const listener = findListener(options.listeners, envelope.type)
  if (!listener) return 'done'
  return runInTrace(continueTrace(envelope.traceparent), async () => {
    const fields = { eventId: envelope.id, eventType: envelope.type, attempts: attempt }
    try {
      if ((await findHandled(options.db, [envelope])).size > 0) return 'done'
      const parked = redriven ? undefined : await findParked(options.db, envelope)
      if (parked === 'itself') return 'done'
      if (parked === 'an earlier one') return await park(options, envelope, waitsBehind, attempt)
      await applyEvents(options, listener, [envelope])
      return 'done'
    } catch (err) {
      if (mayPass(err) || (attempt < attemptsMax && !redriven)) {
        if (isTold(attempt)) options.log.warn({ ...fields, err }, 'an event waits')
        return 'again'
      }
      options.log.error({ ...fields, err }, 'event parked')
      return park(options, envelope, err instanceof Error ? err.name : typeof err, attempt)
    }
  })
}

const attemptsMax = 4

/** What waits for long is told of once, and then every five minutes. */
function isTold(attempt: number): boolean {
  return attempt === attemptsMax || attempt % 60 === 0
}

const waitsBehind = 'an earlier event of the same stream is parked'

/** An event that cannot even be parked must stay where it is. */
async function park(
  { db, clock, log }: HandlingOptions,
  envelope: EventEnvelope,
  error: string,
  attempt: number,
): Promise<'done' | 'again'> {
  try {
    await parkEvent(db, envelope, error, attempt, clock.now())
    return 'done'
  } catch (err) {
    log.warn({ eventId: envelope.id, err }, 'an event could not be parked yet')
    return 'again'
  }
}

/** Another service that says so itself, a database or broker that is away: not the event's fault. */
function mayPass(err: unknown): boolean {
  const { data, reason } = (err ?? {}) as { data?: { retryable?: boolean }; reason?: unknown }
  const known = errorReasons[reason as ErrorReason] as { retryable: boolean } | undefined
  return data?.retryable === true || known?.retryable === true || postgresTrouble(err) !== undefined
}

export interface HandlingOptions {
  service: ServiceName
  listeners: readonly Listener[]
  db: Kysely<any>
  clock: Clock
  log: Log
  metrics: Metrics
  /** Told of each event that took effect. */
  onApplied?: (source: ServiceName, facts: EventFacts) => void
}
