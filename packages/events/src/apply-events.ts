import type { EventEnvelope } from '@candor/contracts/event'
import { asTenant, enterTenant, seeRestricted } from '@candor/runtime/tenancy'
import { continueTrace, runInTrace } from '@candor/runtime/trace'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { HandlingOptions } from './handle-event.ts'
import type { EventFacts, Listener, Told } from './listener.ts'
import { sideBySide } from './side-by-side.ts'
import type { EventTables } from './tables.ts'
import { findBuried } from './tombstones.ts'

/**
 * Applies events that one listener takes, each once and those of a stream in their order, in one transaction. What
 * was handled before and what is about somebody erased is left out. Throws when any of them fails: then nothing happened.
 */
export async function applyEvents(
  options: Pick<HandlingOptions, 'db' | 'clock' | 'onApplied'>,
  listener: Listener,
  envelopes: readonly EventEnvelope[],
): Promise<void> {
  const told = await prepare(listener, envelopes)
  const tenantIds = [...new Set(envelopes.map(({ tenantId }) => tenantId))]
  const applied = await asTenant<EventTables, Told[]>(options.db, tenantIds, async (trx) => {
    const fresh = await takeIn(trx, envelopes, options.clock.now())
    // Each once, even if the message tells it twice.
    const wanted = told.filter(({ facts }) => fresh.delete(facts.eventId))
    // What happened before a restriction is still stored; whoever would use it asks `isRestricted`.
    await seeRestricted(trx)
    for (const [tenantId, ofTenant] of Map.groupBy(wanted, ({ facts }) => facts.tenantId)) {
      if (tenantIds.length > 1) await enterTenant(trx, tenantId)
      await listener.apply(trx, ofTenant)
    }
    return wanted
  })
  for (const { facts } of applied) {
    listener.after?.()
    options.onApplied?.(listener.event.source, facts)
  }
}

/** Which of the events took effect, or were refused, before. */
export async function findHandled(
  db: Kysely<EventTables>,
  envelopes: readonly EventEnvelope[],
): Promise<Set<string>> {
  const ids = envelopes.map(({ id }) => id)
  const { rows } = await sql<{ id: string }>`
    select event_id as id from inbox where event_id = any(${ids}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Asks for what the effects need: of each stream one after the other, of some streams at once. */
async function prepare(listener: Listener, envelopes: readonly EventEnvelope[]): Promise<Told[]> {
  const told = envelopes.map((envelope): Told => {
    const payload = listener.event.payload.parse(envelope.payload)
    const trace = continueTrace(envelope.traceparent)
    return { payload, facts: toFacts(envelope), prepared: undefined, trace }
  })
  if (!listener.prepare) return told
  const streams = Map.groupBy(told, (_, place) => envelopes[place]!.streamKey)
  await sideBySide(askedAtOnce, [...streams.values()], async (stream) => {
    for (const one of stream)
      one.prepared = await runInTrace(one.trace, () => listener.prepare!(one.payload, one.facts))
  })
  return told
}

const askedAtOnce = 8

/** Notes the events in the inbox. Answers those that were not there and are to take effect. */
async function takeIn(
  trx: Transaction<EventTables>,
  envelopes: readonly EventEnvelope[],
  now: Date,
): Promise<Set<string>> {
  // A business that closed its account has a tombstone too.
  const people = envelopes.flatMap(({ subjectId, tenantId }) =>
    subjectId ? [subjectId, tenantId] : [tenantId],
  )
  const buried = await findBuried(trx, people)
  const isRefused = ({ subjectId, tenantId }: EventEnvelope) =>
    (subjectId !== null && buried.has(subjectId)) || buried.has(tenantId)
  const outcomes = envelopes.map((envelope) => (isRefused(envelope) ? 'refused' : 'applied'))
  const { rows } = await sql<{ event_id: string; outcome: string }>`
    insert into inbox (event_id, tenant_id, outcome, handled_at)
    select *, ${now} from unnest(${envelopes.map(({ id }) => id)}::uuid[],
      ${envelopes.map(({ tenantId }) => tenantId)}::uuid[], ${outcomes}::text[])
    on conflict do nothing returning event_id, outcome`.execute(trx)
  return new Set(rows.filter(({ outcome }) => outcome === 'applied').map((row) => row.event_id))
}

function toFacts(envelope: EventEnvelope): EventFacts {
  const { id: eventId, tenantId, subjectId, occurredAt } = envelope
  return { eventId, tenantId, subjectId, occurredAt: new Date(occurredAt) }
}
