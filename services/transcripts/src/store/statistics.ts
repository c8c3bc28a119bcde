import { groupOf } from '@candor/contracts/transcripts/statistics'
import type { Measure } from '@candor/contracts/transcripts/statistics'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** One thing that is counted of a chat. */
export interface Cell {
  measure: Measure
  part: string
}

export async function addChatOfDay(trx: Transaction<Database>, tenantId: string, day: string): Promise<void> {
  await sql`
    insert into chat_days (tenant_id, day, chats) values (${tenantId}, ${day}, 1)
    on conflict (tenant_id, day) do update set chats = chat_days.chats + 1`.execute(trx)
}

/**
 * Gathers the cells; what has come together for a measure is counted under `day` as soon as it is a group. So neither
 * the figures of a day nor the difference between two readings is about fewer chats than that.
 */
export async function gather(
  trx: Transaction<Database>,
  tenantId: string,
  day: string,
  cells: readonly Cell[],
): Promise<void> {
  // One after the other within a business: two that move the same group would wait for each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`statistics ${tenantId}`}, 0))`.execute(trx)
  await trx
    .insertInto('chat_counts_gathering')
    .values(cells.map((cell) => ({ tenant_id: tenantId, ...cell, chats: 1 })))
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'measure', 'part'])
        .doUpdateSet({ chats: sql`chat_counts_gathering.chats + 1` }),
    )
    .execute()
  await sql`
    with together as (
      select measure from chat_counts_gathering where tenant_id = ${tenantId}
      group by measure having sum(chats) >= ${sql.lit(groupOf)}),
    moved as (
      delete from chat_counts_gathering g using together
      where g.tenant_id = ${tenantId} and g.measure = together.measure
      returning g.measure, g.part, g.chats)
    insert into chat_counts (tenant_id, day, measure, part, chats)
    select ${tenantId}::uuid, ${day}::date, measure, part, chats from moved
    on conflict (tenant_id, day, measure, part) do update set chats = chat_counts.chats + excluded.chats`.execute(
    trx,
  )
}

export async function listDays(trx: Transaction<Database>, tenantId: string, { from, to }: Span) {
  const { rows } = await sql<{ day: string; chats: number }>`
    select day::text as day, chats from chat_days
    where tenant_id = ${tenantId} and day between ${from} and ${to} order by 1`.execute(trx)
  return rows
}

export async function listCounts(trx: Transaction<Database>, tenantId: string, { from, to }: Span) {
  const { rows } = await sql<Cell & { chats: number }>`
    select measure, part, sum(chats)::int as chats from chat_counts
    where tenant_id = ${tenantId} and day between ${from} and ${to} group by 1, 2`.execute(trx)
  return rows
}

/** Days, the first and the last of them included. */
interface Span {
  from: string
  to: string
}
