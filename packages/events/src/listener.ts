import type { AnyEvent, PayloadOf } from '@candor/contracts/event'
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
  return { event, ...steps } as unknown as Listener
}

export interface Listener {
  readonly event: AnyEvent
  prepare?(payload: unknown, facts: EventFacts): Promise<unknown>
  apply(trx: Transaction<any>, payload: unknown, facts: EventFacts, prepared: unknown): Promise<void>
  after?(): void
}
