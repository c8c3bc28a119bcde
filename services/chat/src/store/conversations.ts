import type { Conversation } from '@candor/contracts/chat/schemas'
import type { Channel } from '@candor/contracts/policy/categories'
import { notFound } from '@candor/rpc/service-error'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** A conversation, or not-found also where it is another visitor's. */
export async function getConversation(
  trx: Transaction<Database>,
  where: { tenantId: string; id: string; visitorId: string | null },
): Promise<Conversation> {
  const found = await selectConversations(
    trx,
    sql`where c.tenant_id = ${where.tenantId} and c.id = ${where.id} and ${ofVisitor(where.visitorId)}`,
  )
  if (!found[0]) throw notFound('conversation')
  return found[0]
}

/** Each of them, in the same order; undefined for what its tenant does not have. */
export async function findConversations(
  trx: Transaction<Database>,
  keys: readonly ConversationKey[],
): Promise<(Conversation | undefined)[]> {
  const [tenantIds, ids] = [keys.map(({ tenantId }) => tenantId), keys.map(({ id }) => id)]
  const rows = await selectRows(
    trx,
    sql`where (c.tenant_id, c.id) in (select * from unnest(${tenantIds}::uuid[], ${ids}::uuid[]))`,
  )
  const found = new Map(rows.map((row) => [`${row.tenant_id} ${row.id}`, toConversation(row)]))
  return keys.map(({ tenantId, id }) => found.get(`${tenantId} ${id}`))
}

export interface ConversationKey {
  tenantId: string
  id: string
}

/** As `getConversation`, and holds its row until the transaction ends. */
export async function lockConversation(
  trx: Transaction<Database>,
  where: { tenantId: string; id: string; visitorId: string | null },
): Promise<Conversation> {
  await sql`select from conversations where tenant_id = ${where.tenantId} and id = ${where.id} for update`.execute(
    trx,
  )
  return getConversation(trx, where)
}

export async function findConversationByStartKey(
  trx: Transaction<Database>,
  where: { tenantId: string; visitorId: string; startKey: string },
): Promise<Conversation | undefined> {
  const { tenantId, visitorId, startKey } = where
  const found = await selectConversations(
    trx,
    sql`where c.tenant_id = ${tenantId} and c.visitor_id = ${visitorId} and c.start_key = ${startKey}`,
  )
  return found[0]
}

/** One that came by another way than the chat, by the key under which it was written down. */
export async function findRecordedConversation(
  trx: Transaction<Database>,
  { tenantId, recordKey }: { tenantId: string; recordKey: string },
): Promise<Conversation | undefined> {
  const found = await selectConversations(
    trx,
    sql`where c.tenant_id = ${tenantId} and c.start_key = ${recordKey} and c.retention_class <> 'chat'`,
  )
  return found[0]
}

/** A page of conversations, latest change first, from after the `before` position. The indexes know the change by ten minutes. */
export async function listConversations(
  trx: Transaction<Database>,
  filter: {
    tenantId: string
    visitorId: string | null
    status: Conversation['status'] | undefined
    channel?: Channel | undefined
    /** A user id, null for nobody, undefined for anybody. */
    assigneeId: string | null | undefined
    before: { updatedAt: Date; id: string } | undefined
    changedAfter?: Date
    limit: number
  },
): Promise<Conversation[]> {
  const { before, changedAfter, assigneeId } = filter
  const conditions = [
    sql`c.tenant_id = ${filter.tenantId}`,
    ofVisitor(filter.visitorId),
    ...(filter.status ? [sql`c.status = ${filter.status}`] : []),
    ...(filter.channel ? [sql`c.retention_class = ${filter.channel}`] : []),
    ...(assigneeId === undefined ? [] : [sql`c.assignee_id is not distinct from ${assigneeId}::uuid`]),
    ...(before
      ? [
          sql`c.changed_about <= ${before.updatedAt}`,
          sql`(c.updated_at, c.id) < (${before.updatedAt}, ${before.id}::uuid)`,
        ]
      : []),
    ...(changedAfter
      ? [
          sql`c.changed_about >= ${changedAfter}::timestamptz - interval '10 minutes'`,
          sql`c.updated_at > ${changedAfter}`,
        ]
      : []),
  ]
  return selectConversations(
    trx,
    sql`where ${sql.join(conditions, sql` and `)} order by c.changed_about desc, c.updated_at desc, c.id desc limit ${filter.limit}`,
  )
}

export async function countConversationsSince(
  trx: Transaction<Database>,
  where: { tenantId: string; visitorId: string; since: Date },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from conversations
    where tenant_id = ${where.tenantId} and visitor_id = ${where.visitorId} and started_at > ${where.since}`.execute(
    trx,
  )
  return rows[0]!.n
}

export async function getVisitorId(
  trx: Transaction<Database>,
  where: { tenantId: string; id: string },
): Promise<string> {
  const { rows } = await sql<{ visitor_id: string }>`
    select visitor_id from conversations where tenant_id = ${where.tenantId} and id = ${where.id}`.execute(
    trx,
  )
  if (!rows[0]) throw notFound('conversation')
  return rows[0].visitor_id
}

/** Condition on `c`, the conversation. A visitor's session shows chats, and nothing that came by other ways. */
export function ofVisitor(visitorId: string | null): RawBuilder<unknown> {
  return visitorId === null ? sql`true` : sql`(c.visitor_id = ${visitorId} and c.retention_class = 'chat')`
}

async function selectConversations(
  trx: Transaction<Database>,
  rest: RawBuilder<unknown>,
): Promise<Conversation[]> {
  return (await selectRows(trx, rest)).map(toConversation)
}

async function selectRows(
  trx: Transaction<Database>,
  rest: RawBuilder<unknown>,
): Promise<(ConversationRow & { tenant_id: string })[]> {
  const { rows } = await sql<ConversationRow & { tenant_id: string }>`
    select c.*, contact.name as contact_name, contact.email as contact_email, staff.name as assignee_name
    from conversations c
    join contacts contact on contact.tenant_id = c.tenant_id and contact.id = c.contact_id
    left join staff on staff.tenant_id = c.tenant_id and staff.user_id = c.assignee_id
    ${rest}`.execute(trx)
  return rows
}

export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    channel: row.retention_class,
    status: row.status,
    contact: { id: row.contact_id, name: row.contact_name, email: row.contact_email },
    assignee: row.assignee_id === null ? null : { userId: row.assignee_id, name: row.assignee_name ?? '' },
    page: row.page,
    lastSeq: row.last_seq,
    lastMessage: row.last_text,
    markers: {
      visitor: { delivered: row.visitor_delivered, read: row.visitor_read },
      staff: { delivered: row.staff_delivered, read: row.staff_read },
    },
    startedAt: row.started_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
  }
}

export interface ConversationRow {
  id: string
  retention_class: Channel
  status: Conversation['status']
  contact_id: string
  contact_name: string | null
  contact_email: string | null
  assignee_id: string | null
  assignee_name: string | null
  page: string | null
  last_seq: number
  last_text: string | null
  visitor_delivered: number
  visitor_read: number
  staff_delivered: number
  staff_read: number
  started_at: Date
  updated_at: Date
  closed_at: Date | null
}
