import type { AuditFact } from '@candor/contracts/audit'
import type { AuditEntry } from '@candor/contracts/privacy/audit'
import { sql } from 'kysely'
import type { Selectable, Transaction } from 'kysely'
import { growTree, leafOf } from '../audit/merkle-tree.ts'
import type { ReadNode } from '../audit/merkle-tree.ts'
import type { Database } from './tables.ts'

/**
 * Enters facts at the end of a tenant's log. Its lock is held until the transaction ends, so take it last: entries
 * stand in the order of the commits and leave no gap.
 */
export async function appendAuditFacts(
  trx: Transaction<Database>,
  tenantId: string,
  facts: readonly AuditFact[],
): Promise<void> {
  if (facts.length === 0) return
  await sql`select pg_advisory_xact_lock(${auditLock}, hashtext(${tenantId}))`.execute(trx)
  const size = await readSize(trx, tenantId)
  const entries = facts.map((fact, at) => ({ position: size + at, ...fact }))
  await trx
    .insertInto('audit_entries')
    .values(entries.map((entry) => ({ tenant_id: tenantId, ...entry, at: new Date(entry.at) })))
    .execute()
  const nodes = await withNodes(trx, tenantId, (read) => growTree(size, entries.map(leafOf), read))
  await trx
    .insertInto('audit_nodes')
    .values(nodes.map((node) => ({ tenant_id: tenantId, ...node })))
    .execute()
}

/** Any number that no other use of advisory locks in the database takes. */
const auditLock = 7_102

export async function readSize(trx: Transaction<Database>, tenantId: string): Promise<number> {
  const row = await trx
    .selectFrom('audit_entries')
    .select('position')
    .where('tenant_id', '=', tenantId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? row.position + 1 : 0
}

/** Runs what reads nodes of the tree: first to learn which it needs, then, with all of them at hand, for its answer. */
export async function withNodes<T>(
  trx: Transaction<Database>,
  tenantId: string,
  work: (read: ReadNode) => T,
): Promise<T> {
  const needed = new Map<string, { level: number; index: number }>()
  work((level, index) => {
    needed.set(`${level} ${index}`, { level, index })
    return Buffer.alloc(32)
  })
  const keys = [...needed.values()]
  const { rows } = await sql<{ level: number; index: number; hash: Buffer }>`
    select level, index, hash
    from unnest(${keys.map(({ level }) => level)}::int[], ${keys.map(({ index }) => index)}::bigint[]) as needed (level, index)
    join audit_nodes using (level, index) where tenant_id = ${tenantId}`.execute(trx)
  const hashes = new Map(rows.map(({ level, index, hash }) => [`${level} ${index}`, hash]))
  return work((level, index) => {
    const hash = hashes.get(`${level} ${index}`)
    if (!hash) throw new Error(`the audit log has no node ${index} of level ${level}`)
    return hash
  })
}

export interface AuditFilter {
  kind?: AuditEntry['kind'] | undefined
  what?: string | undefined
  who?: string | undefined
  object?: string | undefined
  since?: Date | undefined
  until?: Date | undefined
  before?: number | undefined
  limit: number
}

/** Newest first. */
export async function listAuditEntries(
  trx: Transaction<Database>,
  tenantId: string,
  filter: AuditFilter,
): Promise<AuditEntry[]> {
  const { kind, what, who, object, since, until, before, limit } = filter
  const rows = await trx
    .selectFrom('audit_entries')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .$if(what !== undefined, (query) => query.where('what', '=', what!))
    .$if(who !== undefined, (query) => query.where('who', '=', who!))
    .$if(object !== undefined, (query) => query.where('object', '=', object!))
    .$if(since !== undefined, (query) => query.where('at', '>=', since!))
    .$if(until !== undefined, (query) => query.where('at', '<', until!))
    .$if(before !== undefined, (query) => query.where('position', '<', before!))
    .orderBy('position', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

export async function findAuditEntry(
  trx: Transaction<Database>,
  tenantId: string,
  position: number,
): Promise<AuditEntry | undefined> {
  const [entry] = await listAuditEntries(trx, tenantId, { before: position + 1, limit: 1 })
  return entry?.position === position ? entry : undefined
}

export async function insertAuditHead(
  trx: Transaction<Database>,
  head: { tenantId: string; size: number; jws: string; signedAt: Date },
): Promise<void> {
  await trx
    .insertInto('audit_heads')
    .values({ tenant_id: head.tenantId, size: head.size, jws: head.jws, signed_at: head.signedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function findAuditHead(
  trx: Transaction<Database>,
  tenantId: string,
  size: number,
): Promise<string | undefined> {
  const query = trx.selectFrom('audit_heads').select('jws')
  const row = await query.where('tenant_id', '=', tenantId).where('size', '=', size).executeTakeFirst()
  return row?.jws
}

function toEntry(row: Selectable<Database['audit_entries']>): AuditEntry {
  const { tenant_id: _, at, ...entry } = row
  return { ...entry, at: at.toISOString() }
}
