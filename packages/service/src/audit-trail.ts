import type { auditedEvent, AuditFact } from '@candor/contracts/audit'
import type { ServiceName } from '@candor/contracts/callers'
import { outboxRow } from '@candor/events/outbox'
import type { Relay } from '@candor/events/relay'
import type { EventTables } from '@candor/events/tables'
import type { Watch } from '@candor/rpc/watch'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Kysely } from 'kysely'
import { auditFactOf } from './audit-facts.ts'
import type { Base } from './connect.ts'

/**
 * Takes down what calls did. A read by staff is answered once it stands in this service's own database, together with
 * all that came meanwhile; nothing waits for privacy. Refusals and changes are gathered for a moment, the same ones as
 * one, so that a flood of them stays small.
 */
export function startAuditTrail(lifecycle: Lifecycle, base: Base<any>, store: StoreAudit): Watch {
  let gathered = new Map<string, { tenantId: string; fact: AuditFact }>()
  let writing: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function write(): Promise<void> {
    next = undefined
    clearTimeout(timer)
    timer = undefined
    const taken = gathered
    if (taken.size === 0) return
    gathered = new Map()
    const facts = Map.groupBy(taken.values(), ({ tenantId }) => tenantId)
    try {
      await store([...facts].map(([tenantId, some]) => ({ tenantId, facts: some.map(({ fact }) => fact) })))
    } catch (err) {
      // A read that cannot be taken down is not answered; what has happened already is kept for the next try.
      for (const [key, one] of taken) if (one.fact.kind !== 'read') gather(key, one)
      if (gathered.size > 0) writeSoon()
      throw err
    }
  }

  /** The next write takes all that is gathered by then. */
  function writeNext(): Promise<void> {
    return (next ??= writing = writing.catch(() => {}).then(write))
  }

  function writeSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      writeNext().catch((err: unknown) => base.log.warn({ err }, 'the audit trail is waiting'))
    }, gatherMs)
  }

  function gather(key: string, one: { tenantId: string; fact: AuditFact }): void {
    const same = gathered.get(key)
    if (same) same.fact.times += one.fact.times
    else if (gathered.size < gatheredMax) gathered.set(key, one)
    else lost.inc()
  }

  const lost = base.metrics.counter(
    'audit_facts_lost_total',
    'Facts that found no room while writing failed',
    [],
  )
  lifecycle.onStop('audit-trail', () => writeNext())
  return async (call, outcome) => {
    const found = auditFactOf(call, outcome, base.clock.now())
    if (!found) return
    const { kind, role, who, what, reason, object } = found.fact
    gather([found.tenantId, kind, role, who, what, reason, object].join(' '), found)
    if (kind === 'read') await writeNext()
    else writeSoon()
  }
}

const gatherMs = 1_000
const gatheredMax = 20_000

export type StoreAudit = (batches: readonly { tenantId: string; facts: AuditFact[] }[]) => Promise<void>

/** Hands facts to privacy as events of this service. */
export function auditByOutbox(
  base: Base<any>,
  relay: Relay,
  event: ReturnType<typeof auditedEvent<ServiceName>>,
): StoreAudit {
  const db = base.db as Kysely<EventTables>
  return async (batches) => {
    const rows = batches.flatMap(({ tenantId, facts }) =>
      chunks(facts).map((some) =>
        outboxRow(base.newId, event, {
          tenantId,
          streamKey: `audit-${tenantId}`,
          subjectId: null,
          occurredAt: base.clock.now(),
          payload: { facts: some },
        }),
      ),
    )
    await db.insertInto('outbox').values(rows).execute()
    relay.wake()
  }
}

/** As many as surely fit into one event. */
const factsPerEventMax = 100

function chunks(facts: AuditFact[]): AuditFact[][] {
  return Array.from({ length: Math.ceil(facts.length / factsPerEventMax) }, (_, at) =>
    facts.slice(at * factsPerEventMax, (at + 1) * factsPerEventMax),
  )
}
