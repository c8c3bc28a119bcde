import type { AnyEvent, PayloadOf } from '@candor/contracts/event'
import type { NewId } from '@candor/runtime/ids'
import { traceparent } from '@candor/runtime/trace'
import type { Insertable, Transaction } from 'kysely'
import type { EventTables } from './tables.ts'

/** Announces a fact as part of the transaction that makes it true: both happen or neither. */
export async function appendEvent<E extends AnyEvent>(
  trx: Transaction<any>,
  newId: NewId,
  event: E,
  fact: Fact<E>,
): Promise<void> {
  await (trx as Transaction<EventTables>)
    .insertInto('outbox')
    .values(outboxRow(newId, event, fact))
    .execute()
}

/** The same as a row, for statements that write it together with what it tells of. */
export function outboxRow<E extends AnyEvent>(
  newId: NewId,
  event: E,
  fact: Fact<E>,
): Insertable<EventTables['outbox']> {
  return {
    id: newId(),
    tenant_id: fact.tenantId,
    type: `${event.source}.${event.name}`,
    stream_key: fact.streamKey,
    subject_id: fact.subjectId,
    occurred_at: fact.occurredAt,
    traceparent: traceparent(),
    payload: JSON.stringify(fact.payload),
    published_at: null,
    stream_seq: null,
  }
}

export interface Fact<E extends AnyEvent> {
  tenantId: string
  /** Events of one key arrive in the order of their commits. */
  streamKey: string
  /** The visitor or user it is about, if any. */
  subjectId: string | null
  occurredAt: Date
  payload: PayloadOf<E>
}
