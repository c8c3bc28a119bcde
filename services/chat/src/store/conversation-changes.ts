import type { Conversation } from '@candor/contracts/chat/schemas'
import type { Channel } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { getConversation, ofVisitor } from './conversations.ts'
import type { Database } from './tables.ts'

export async function insertConversation(
  trx: Transaction<Database>,
  row: {
    id: string
    tenantId: string
    visitorId: string
    contactId: string
    channel: Channel
    page: string | null
    startKey: string | null
    /** Whose it is from the start, if anybody's. */
    assigneeId?: string
    startedAt: Date
  },
): Promise<void> {
  const { id, tenantId, visitorId, contactId, channel, page, startKey, startedAt, assigneeId = null } = row
  const status = assigneeId === null ? 'waiting' : 'open'
  await sql`
    insert into conversations (id, tenant_id, visitor_id, contact_id, retention_class, status, assignee_id, page, start_key, started_at, updated_at)
    values (${id}, ${tenantId}, ${visitorId}, ${contactId}, ${channel}, ${status}, ${assigneeId}, ${page},
      ${startKey}, ${startedAt}, ${startedAt})`.execute(trx)
}

export async function setAssignee(
  trx: Transaction<Database>,
  set: { tenantId: string; id: string; userId: string },
): Promise<void> {
  await sql`
    update conversations set status = 'open', assignee_id = ${set.userId}
    where tenant_id = ${set.tenantId} and id = ${set.id}`.execute(trx)
}

/** Answers whose conversation it was. */
export async function setClosed(
  trx: Transaction<Database>,
  set: { tenantId: string; id: string; closedAt: Date },
): Promise<string> {
  const { rows } = await sql<{ visitor_id: string }>`
    update conversations set status = 'closed', closed_at = ${set.closedAt}
    where tenant_id = ${set.tenantId} and id = ${set.id} returning visitor_id`.execute(trx)
  return rows[0]!.visitor_id
}

/** Moves one side's markers forward, never back and never past the last message. */
export async function moveMarkers(
  trx: Transaction<Database>,
  move: {
    tenantId: string
    id: string
    visitorId: string | null
    side: 'visitor' | 'staff'
    seq: number
    read: boolean
  },
): Promise<Conversation> {
  const delivered = sql.ref(`${move.side}_delivered`)
  const read = sql.ref(`${move.side}_read`)
  const to = sql`least(${move.seq}::int, c.last_seq)`
  await sql`
    update conversations c set ${delivered} = greatest(c.${delivered}, ${to}),
      ${read} = case when ${move.read} then greatest(c.${read}, ${to}) else c.${read} end
    where tenant_id = ${move.tenantId} and id = ${move.id} and ${ofVisitor(move.visitorId)}`.execute(trx)
  return getConversation(trx, move)
}
