import type { ServiceName } from '@candor/contracts/callers'
import { errorReasons } from '@candor/contracts/errors'
import type { ErrorReason } from '@candor/contracts/errors'
import type { EventEnvelope } from '@candor/contracts/event'
import type { Clock } from '@candor/runtime/clock'
import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import { postgresTrouble } from '@candor/runtime/postgres'
import { asTenant, seeRestricted } from '@candor/runtime/tenancy'
import { continueTrace, runInTrace } from '@candor/runtime/trace'
import type { Kysely, Transaction } from 'kysely'
import type { EventFacts, Listener } from './listener.ts'
import { findParked, parkEvent } from './parked.ts'
import type { EventTables } from './tables.ts'
import { isBuried } from './tombstones.ts'

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
  const listener = options.listeners.find(({ event }) => `${event.source}.${event.name}` === envelope.type)
  if (!listener) return 'done'
  return runInTrace(continueTrace(envelope.traceparent), async () => {
    const fields = { eventId: envelope.id, eventType: envelope.type, attempts: attempt }
    try {
      if (await isHandled(options.db, envelope.id)) return 'done'
      const parked = redriven ? undefined : await findParked(options.db, envelope)
      if (parked === 'itself') return 'done'
      if (parked === 'an earlier one') return await park(options, envelope, waitsBehind, attempt)
      const outcome = await applyOnce(options.db, listener, envelope, options.clock.now())
      if (outcome === 'applied') listener.after?.()
      return 'done'
    } catch (err) {
      if (mayPass(err) || (attempt < attemptsMax && !redriven)) return 'again'
      options.log.error({ ...fields, err }, 'event parked')
      return park(options, envelope, err instanceof Error ? err.name : typeof err, attempt)
    }
  })
}

const attemptsMax = 4

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

async function isHandled(db: Kysely<EventTables>, eventId: string): Promise<boolean> {
  const query = db.selectFrom('inbox').select('event_id').where('event_id', '=', eventId)
  return (await query.executeTakeFirst()) !== undefined
}

async function applyOnce(
  db: Kysely<EventTables>,
  listener: Listener,
  envelope: EventEnvelope,
  now: Date,
): Promise<'applied' | 'refused' | 'repeat'> {
  const payload = listener.event.payload.parse(envelope.payload)
  const facts = toFacts(envelope)
  const prepared = await listener.prepare?.(payload, facts)
  return asTenant(db, envelope.tenantId, async (trx) => {
    const { subjectId, tenantId } = envelope
    // A business that closed its account has a tombstone too.
    const refused =
      (subjectId !== null && (await isBuried(trx, subjectId))) || (await isBuried(trx, tenantId))
    const outcome = refused ? 'refused' : 'applied'
    if (!(await insertInbox(trx, envelope, outcome, now))) return 'repeat'
    // What happened before a restriction is still stored; whoever would use it asks `isRestricted`.
    await seeRestricted(trx)
    if (!refused) await listener.apply(trx, payload, facts, prepared)
    return outcome
  })
}

async function insertInbox(
  trx: Transaction<EventTables>,
  envelope: EventEnvelope,
  outcome: 'applied' | 'refused',
  now: Date,
): Promise<boolean> {
  const row = { event_id: envelope.id, tenant_id: envelope.tenantId, outcome, handled_at: now }
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('inbox')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

/** Another service that says so itself, a database or broker that is away: not the event's fault. */
function mayPass(err: unknown): boolean {
  const { data, reason } = (err ?? {}) as { data?: { retryable?: boolean }; reason?: unknown }
  const known = errorReasons[reason as ErrorReason] as { retryable: boolean } | undefined
  return data?.retryable === true || known?.retryable === true || postgresTrouble(err) !== undefined
}

function toFacts(envelope: EventEnvelope): EventFacts {
  const { id: eventId, tenantId, subjectId, occurredAt } = envelope
  return { eventId, tenantId, subjectId, occurredAt: new Date(occurredAt) }
}

export interface HandlingOptions {
  service: ServiceName
  listeners: readonly Listener[]
  db: Kysely<any>
  clock: Clock
  log: Log
  metrics: Metrics
}
