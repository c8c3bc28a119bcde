import { createHash } from 'node:crypto'
import type { EventEnvelope } from '@candor/contracts/event'
import type { Log } from '@candor/runtime/logger'
import { JetStreamApiError, jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Selectable } from 'kysely'
import type { EventTables } from './tables.ts'

/**
 * Publishes rows of the outbox, many in one message, and answers those that the broker has stored. One message goes
 * after the other: what comes behind a refused event in its stream is held back with it, everything else goes on; `held` learns the key of
 * that stream.
 */
export async function publishEvents(
  { nats, log }: { nats: NatsConnection; log: Log },
  rows: readonly OutboxRow[],
  held: Set<string>,
): Promise<Published[]> {
  const js = jetstream(nats, { timeout: 2_000 })
  const published: Published[] = []
  let failure: unknown
  for (const { type, events } of toBatches(rows)) {
    const free = events.filter(({ streamKey }) => !held.has(streamKey))
    if (free.length === 0) continue
    try {
      const text = `[${free.map((event) => event.text).join(',')}]`
      const { seq } = await js.publish(`events.${type}`, text, { msgID: nameOf(free) })
      for (const { id } of free) published.push({ id, streamSeq: seq })
    } catch (err) {
      // Without an answer the broker is away, and nothing else would reach it either; nor does anything fit into a full stream.
      if (!(err instanceof JetStreamApiError) || err.code === notStored) {
        failure = err
        break
      }
      for (const { streamKey } of free) held.add(streamKey)
      log.warn({ err }, 'the broker refuses events')
    }
  }
  if (failure && published.length === 0) throw failure
  return published
}

/**
 * Events of one type share a message as long as it is not too long. Different types take different messages, and no
 * event stands before one of its stream that was written earlier. One that is too long goes alone. Those of a tenant
 * stand together, for consumers turn to one tenant after the other.
 */
function toBatches(rows: readonly OutboxRow[]): Batch[] {
  const batches: Batch[] = []
  const placeOfKey = new Map<string, number>()
  const ofTenants = Map.groupBy(rows, (row) => row.tenant_id)
  for (const row of [...ofTenants.values()].flat()) {
    const text = JSON.stringify(toEnvelope(row))
    const bytes = Buffer.byteLength(text) + 1
    let place = placeOfKey.get(row.stream_key) ?? 0
    while (batches[place] && !fits(batches[place]!, row.type, bytes)) place++
    const batch = (batches[place] ??= { type: row.type, bytes: 0, events: [] })
    batch.events.push({ id: row.id, streamKey: row.stream_key, text })
    batch.bytes += bytes
    placeOfKey.set(row.stream_key, place)
  }
  return batches
}

function fits(batch: Batch, type: string, bytes: number): boolean {
  return batch.type === type && batch.bytes + bytes <= eventBytesMax - 1_024
}

/** What the server answers at `max_bytes`, or where its disk is full. */
const notStored = 10077

/** The longest message that the stream takes, subject and headers included. */
export const eventBytesMax = 256 * 1024

/** The broker drops a message it has already; one that holds other events must not look the same. */
function nameOf(events: readonly { id: string }[]): string {
  const hash = createHash('sha256')
  for (const { id } of events) hash.update(id)
  return hash.digest('base64url')
}

function toEnvelope(row: OutboxRow): EventEnvelope {
  return {
    id: row.id,
    type: row.type,
    tenantId: row.tenant_id,
    streamKey: row.stream_key,
    subjectId: row.subject_id,
    occurredAt: row.occurred_at.toISOString(),
    traceparent: row.traceparent,
    payload: row.payload,
  }
}

export interface Published {
  id: string
  streamSeq: number
}

interface Batch {
  readonly type: string
  readonly events: { id: string; streamKey: string; text: string }[]
  bytes: number
}

type OutboxRow = Selectable<EventTables['outbox']>
