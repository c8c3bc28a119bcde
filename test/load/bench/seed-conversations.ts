import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Place } from './clients/writers.ts'
import type { Grounds } from './grounds.ts'

const tenantsCount = 10
const visitorsCount = 200

/**
 * Open conversations of ten businesses as chat stores them, each with its visitor, who writes, and somebody of its
 * business, who reads. A visitor has several where there are more conversations than visitors. Besides, messages of
 * conversations that have ended.
 */
export async function seedConversations(
  grounds: Grounds,
  url: string,
  { count, stored = 0 }: Seed,
): Promise<Pick<Place, 'conversations' | 'tokens'>> {
  const tenants = Array.from({ length: tenantsCount }, () => randomUUID())
  const visitors = Array.from({ length: visitorsCount }, (_, n) => ({
    id: randomUUID(),
    tenant: tenants[n % tenantsCount]!,
  }))
  const admin = new pg.Client(url)
  await admin.connect()
  try {
    await admin.query(
      `insert into contacts (id, tenant_id, visitor_id, created_at, updated_at)
       select gen_random_uuid(), tenant, visitor, now(), now() from unnest($1::uuid[], $2::uuid[]) as v (visitor, tenant)`,
      [visitors.map(({ id }) => id), visitors.map(({ tenant }) => tenant)],
    )
    const { rows } = await admin.query<{ id: string; n: number }>(
      `insert into conversations (id, tenant_id, visitor_id, contact_id, retention_class, status, started_at, updated_at)
       select uuidv7(), c.tenant_id, c.visitor_id, c.id, 'chat', 'open', now(), now()
       from generate_series(0, $1::int - 1) n join contacts c on c.visitor_id = ($2::uuid[])[1 + n % $3::int]
       returning id, array_position($2::uuid[], visitor_id) - 1 as n`,
      [count, visitors.map(({ id }) => id), visitorsCount],
    )
    if (stored > 0) await storeMessages(admin, stored)
    await admin.query('vacuum analyze')
    await admin.query('checkpoint')
    const tokens = await Promise.all([
      ...visitors.map(({ id, tenant }) =>
        grounds.tokens.sign({ kind: 'visitor', tenant, sub: id, session: randomUUID() }, validSeconds),
      ),
      ...tenants.map((tenant) =>
        grounds.tokens.sign(
          { kind: 'staff', tenant, sub: randomUUID(), session: randomUUID(), role: 'agent' },
          validSeconds,
        ),
      ),
    ])
    return {
      conversations: rows.map(({ id, n }) => ({ id, writer: n, reader: visitorsCount + (n % tenantsCount) })),
      tokens,
    }
  } finally {
    await admin.end()
  }
}

const validSeconds = 86_400

/** In pieces, so that it can be broken off. */
async function storeMessages(admin: pg.Client, stored: number): Promise<void> {
  const perConversation = 100
  for (let left = stored; left > 0; left -= 200_000)
    await admin.query(
      `with ended as (
         insert into conversations (id, tenant_id, visitor_id, contact_id, retention_class, status, last_seq, started_at, updated_at, closed_at)
         select uuidv7(), tenant_id, visitor_id, id, 'chat', 'closed', $2, now(), now(), now()
         from generate_series(1, $1::int) n join (select *, row_number() over () as place, count(*) over () as contacts from contacts) c
         on c.place = 1 + n % c.contacts returning *)
       insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, author_id, text, client_message_id, created_at)
       select gen_random_uuid(), tenant_id, id, 'chat', seq, 'visitor', visitor_id, repeat('some words ', 18), gen_random_uuid(), now()
       from ended, generate_series(1, $2::int) seq`,
      [Math.ceil(Math.min(left, 200_000) / perConversation), perConversation],
    )
}

export interface Seed {
  /** How many conversations are open. */
  count: number
  /** How many of them somebody reads. */
  watched: number
  /** How many messages are stored already. */
  stored?: number
}
