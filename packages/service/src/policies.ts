import type { TenantRules } from '@candor/contracts/policy/tenant-rules'
import type { EventTables } from '@candor/events/tables'
import { rulesInForce } from '@candor/policy/in-force'
import type { RulesInForce } from '@candor/policy/in-force'
import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import type { NatsConnection } from '@nats-io/transport-node'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { rememberRules } from './remember-rules.ts'
import { watchPolicies } from './watch-policies.ts'

/**
 * The rules each tenant's notice sets. Privacy puts them into a bucket; what changes there is in force here within
 * moments, kept in this service's own database too, and obeyed from it while the broker is away.
 */
export async function startPolicies(lifecycle: Lifecycle, options: PoliciesOptions): Promise<Policies> {
  const db = options.db as Kysely<EventTables>
  const listeners = new Set<Listener>()
  const memory = rememberRules(async (tenantId) => {
    const query = db.selectFrom('tenant_rules').select('rules').where('tenant_id', '=', tenantId)
    return (await query.executeTakeFirst())?.rules
  })

  async function apply(rules: TenantRules): Promise<void> {
    const { tenantId, revision } = rules
    await store(db, rules, options.clock.now())
    if (memory.outdate(tenantId, revision)) for (const listener of listeners) listener(tenantId)
  }

  await watchPolicies(lifecycle, { ...options, apply, onUnsure: memory.forget })
  return {
    of: async (tenantId) => rulesInForce(tenantId, await memory.find(tenantId), options.clock.now()),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export interface Policies {
  /** What the tenant's notice says at this moment, by the clock. */
  of(tenantId: string): Promise<RulesInForce>
  /**
   * Tells of each tenant whose rules have changed, once they are obeyed here, sometimes twice. Not told is the hour at
   * which a version published before begins. Returns how to stop listening.
   */
  onChange(listener: Listener): () => void
}

type Listener = (tenantId: string) => void

export interface PoliciesOptions {
  db: Kysely<any>
  nats: NatsConnection
  clock: Clock
  log: Log
  metrics: Metrics
}

/** A lower revision never replaces a higher one, in whatever order they come and from whichever replica. */
async function store(db: Kysely<EventTables>, rules: TenantRules, now: Date): Promise<void> {
  await sql`
    insert into tenant_rules (tenant_id, revision, rules, seen_at)
    values (${rules.tenantId}, ${rules.revision}, ${JSON.stringify(rules)}, ${now})
    on conflict (tenant_id) do update
    set revision = excluded.revision, rules = excluded.rules, seen_at = excluded.seen_at
    where tenant_rules.revision < excluded.revision`.execute(db)
}
