import type { Channel } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { Kysely, RawBuilder, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Makes sure that messages of a channel's conversations starting at `at`, and in the month after, have their partition. */
export async function ensurePartitions(
  db: Kysely<Database>,
  at: Date,
  channel: Channel = 'chat',
): Promise<void> {
  const month = at.toISOString().slice(0, 7)
  const months = ensured.get(db) ?? new Map<Channel, string>()
  if (months.get(channel) === month) return
  await sql`
    select create_message_partition(${channel}, (${at}::timestamptz at time zone 'UTC') + make_interval(months => n))
    from generate_series(0, 1) n`.execute(db)
  ensured.set(db, months.set(channel, month))
}

const ensured = new WeakMap<Kysely<Database>, Map<Channel, string>>()

/** The months of which messages have a partition, oldest first. */
export async function listPartitions(db: Kysely<Database>): Promise<MessagePartition[]> {
  const { rows } = await sql<{ class: string; month: string }>`
    select split_part(c.relname, '_', 2) as class, split_part(c.relname, '_', 3) as month
    from pg_partition_tree('messages') t join pg_class c on c.oid = t.relid
    where t.isleaf and c.relname ~ '^messages_[a-z]+_[0-9]{6}$' order by 2`.execute(db)
  return rows.map(({ class: retentionClass, month }) => {
    const [year, index] = [Number(month.slice(0, 4)), Number(month.slice(4)) - 1]
    return {
      retentionClass,
      from: new Date(Date.UTC(year, index, 1)),
      until: new Date(Date.UTC(year, index + 1, 1)),
    }
  })
}

/** Whether any conversation of the partition is not among those that `goes` names. */
export async function hasOthers(
  trx: Transaction<Database>,
  partition: MessagePartition,
  tenantIds: readonly string[],
  goes: RawBuilder<boolean>,
): Promise<boolean> {
  const { rows } = await sql`
    select from conversations where ${startedIn(partition)} and tenant_id = any(${tenantIds}::uuid[])
      and (${goes}) is not true limit 1`.execute(trx)
  return rows.length > 0
}

/** SQL condition for the conversations of the partition among those that `goes` names. */
export function goingFrom(
  partition: MessagePartition,
  tenantIds: readonly string[],
  goes: RawBuilder<boolean>,
): RawBuilder<boolean> {
  return sql<boolean>`(${startedIn(partition)} and tenant_id = any(${tenantIds}::uuid[]) and ${goes})`
}

/** Answers how many went, by tenant. */
export async function deleteConversations(
  trx: Transaction<Database>,
  going: RawBuilder<boolean>,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ tenantId: string; gone: number }>`
    with gone as (delete from conversations where ${going} returning tenant_id)
    select tenant_id as "tenantId", count(*) as gone from gone group by 1`.execute(trx)
  return new Map(rows.map(({ tenantId, gone }) => [tenantId, gone]))
}

/** Takes all messages of a partition away at once; false where a conversation of its month is left. */
export async function emptyPartition(
  trx: Transaction<Database>,
  { retentionClass, from }: MessagePartition,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select empty_message_partition(${retentionClass}, ${from}::timestamptz at time zone 'UTC') as done`.execute(
    trx,
  )
  return rows[0]!.done
}

/** Drops a partition if it is empty; false where it is not. */
export async function dropPartition(
  db: Kysely<Database>,
  { retentionClass, from }: MessagePartition,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select drop_message_partition(${retentionClass}, ${from}::timestamptz at time zone 'UTC') as done`.execute(
    db,
  )
  return rows[0]!.done
}

/** Roughly how many messages it holds, as PostgreSQL last counted. */
export async function estimateMessages(
  db: Kysely<Database>,
  { retentionClass, from }: MessagePartition,
): Promise<number> {
  const name = `messages_${retentionClass}_${from.toISOString().slice(0, 7).replace('-', '')}`
  const { rows } = await sql<{ n: number }>`
    select greatest(reltuples, 0)::int as n from pg_class where oid = to_regclass(${name})`.execute(db)
  return rows[0]?.n ?? 0
}

function startedIn({ retentionClass, from, until }: MessagePartition): RawBuilder<boolean> {
  return sql<boolean>`(retention_class = ${retentionClass} and id >= uuid_of_time(${from}) and id < uuid_of_time(${until}))`
}

export interface MessagePartition {
  retentionClass: string
  from: Date
  until: Date
}
