import { z } from 'zod'
import type { ServiceName } from './callers.ts'

/** Announces a fact. Payloads carry ids and facts, never names, addresses or text: who needs content asks for it. */
export function event<const Source extends ServiceName, const Name extends string, P extends z.ZodType>(
  source: Source,
  name: Name,
  row: { summary: string; listeners: readonly ServiceName[]; payload: P },
): EventType<Source, Name, P> {
  return { source, name, subject: `events.${source}.${name}`, ...row }
}

/** Frame of every event on the wire. `streamKey` orders: events of one key arrive in the order they were committed. */
export const EventEnvelope = z.object({
  id: z.uuid(),
  type: z.string(),
  tenantId: z.uuid(),
  streamKey: z.string(),
  /** The visitor or user it is about; consumers drop it once that person is erased. */
  subjectId: z.uuid().nullable(),
  occurredAt: z.iso.datetime(),
  traceparent: z.string().nullable(),
  payload: z.unknown(),
})
export type EventEnvelope = z.infer<typeof EventEnvelope>

export interface EventType<Source extends ServiceName, Name extends string, P extends z.ZodType> {
  readonly source: Source
  readonly name: Name
  readonly subject: `events.${Source}.${Name}`
  readonly summary: string
  readonly listeners: readonly ServiceName[]
  readonly payload: P
}
export type AnyEvent = EventType<ServiceName, string, z.ZodType>
export type PayloadOf<E extends AnyEvent> = z.output<E['payload']>
