import type { AnyEvent, PayloadOf } from '@candor/contracts/event'
import { runInTrace } from '@candor/runtime/trace'
import type { Trace } from '@candor/runtime/trace'
import type { Transaction } from 'kysely'

/** What is known of an event beside its payload. */
export interface EventFacts {
  eventId: string
  tenantId: string
  subjectId: string | null
  occurredAt: Date
}

/**
 * Says what a service does on an event. `prepare` runs first and outside the transaction: it is the place to ask
 * another service. `apply` is the effect, in one transaction with the inbox row that makes it happen once.
 */
export function on<E extends AnyEvent, Prepared = undefined>(
  event: E,
  steps: {
    prepare?: (payload: PayloadOf<E>, facts: EventFacts) => Promise<Prepared>
    apply: (
      trx: Transaction<any>,
      payload: PayloadOf<E>,
      facts: EventFacts,
      prepared: Prepared,
    ) => Promise<void>
    /** Runs after the commit; what it does may be lost. */
    after?: () => void
  },
): Listener {
  const { apply, ...others } = steps
  return {
    event,
    ...others,
    async apply(trx, told) {
      for (const { payload, facts, prepared, trace } of told)
        await runInTrace(trace, () => apply(trx, payload as PayloadOf<E>, facts, prepared as Prepared))
    },
  } as Listener
}

/** The same for effects that can be had of several events at once: they are of one tenant, in their order. */
export function onMany<E extends AnyEvent>(
  event: E,
  steps: {
    apply: (trx: Transaction<any>, told: { payload: PayloadOf<E>; facts: EventFacts }[]) => Promise<void>
  },
): Listener {
  return { event, ...steps } as unknown as Listener
}

export function findListener(listeners: readonly Listener[], eventType: string): Listener | undefined {
  return listeners.find(({ event }) => `${event.source}.${event.name}` === eventType)
}

export interface Listener {
  readonly event: AnyEvent
  prepare?(payload: unknown, facts: EventFacts): Promise<unknown>
  /** Events of one tenant. */
  apply(trx: Transaction<any>, told: readonly Told[]): Promise<void>
  after?(): void
}

/** An event on its way to its effect. */
export interface Told {
  readonly payload: unknown
  readonly facts: EventFacts
  readonly trace: Trace
  prepared: unknown
}
