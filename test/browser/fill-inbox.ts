import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Stack } from '../stack.ts'

/**
 * Writes into the chat's store what would take hours to say: many who wait, a minute apart, the newest with a
 * conversation of many messages, whose id is answered.
 */
export async function fillInbox(
  { databases }: Pick<Stack, 'databases'>,
  tenantId: string,
  { conversations, messages }: { conversations: number; messages: number },
): Promise<string> {
  const client = new pg.Client(databases.chat.superuserUrl)
  await client.connect()
  const longId = newId()
  await client.query(
    `insert into contacts (id, tenant_id, visitor_id, name, created_at, updated_at)
     select gen_random_uuid(), $1, gen_random_uuid(), 'Person ' || n, now(), now() from generate_series(1, $2::int) n`,
    [tenantId, conversations],
  )
  await client.query(
    `insert into conversations (id, tenant_id, visitor_id, contact_id, retention_class, status, last_seq, last_text, started_at, updated_at)
     select case when n = 1 then $2::uuid else overlay($2::text placing right(id::text, 22) from 15)::uuid end,
       tenant_id, visitor_id, id, 'chat', 'waiting', case when n = 1 then $3::int else 1 end, 'Is it still there?', at, at
     from (select *, substr(name, 8)::int as n from contacts where tenant_id = $1) c, lateral (select now() - n * interval '1 minute' as at) t`,
    [tenantId, longId, messages],
  )
  await client.query(
    `insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, text, client_message_id, created_at)
     select gen_random_uuid(), $1, $2, 'chat', n, 'visitor', n || repeat(' words about bicycles', 1 + (n * 7) % 9),
       gen_random_uuid(), now() - ($3::int - n + 1) * interval '10 seconds'
     from generate_series(1, $3::int) n`,
    [tenantId, longId, messages],
  )
  await client.query('analyze')
  await client.end()
  return longId
}

/** Version 7: its time says in which of the store's months the messages lie. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
