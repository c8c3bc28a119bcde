import type { Channel } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** One thing a conversation must have, or must not: any of the terms will do. */
export interface Clause {
  excluded: boolean
  anyOf: Term[]
}

export interface Term {
  /** One word or several that stand in this order. */
  text: string
  /** Whether its last word may go on. */
  unfinished: boolean
  /** Whether it is meant as it was typed. */
  quoted: boolean
}

/** Where a hit stands in the list: best first, then newest. */
export interface Place {
  rank: number
  closedAt: Date
  conversationId: string
}

export interface Found extends Place {
  channel: Channel
  contact: { name: string | null; email: string | null }
  /** The entry that matches best, or the first one where nothing was searched for; null if only the contact matches. */
  text: string | null
}

/** Which conversations are looked at; what is left out narrows nothing. */
export interface Filters {
  channel?: Channel | undefined
  closedFrom?: Date | undefined
  closedBefore?: Date | undefined
  /** One of those who answered in it. */
  staffId?: string | undefined
  /** Whether the visitor left an address. */
  hasAddress?: boolean | undefined
  /** Whether anybody answered. */
  isAnswered?: boolean | undefined
}

export async function listLatest(
  trx: Transaction<Database>,
  tenantId: string,
  filters: Filters,
  page: Page,
): Promise<Found[]> {
  const { after } = page
  const { rows } = await sql<Row>`
    select t.conversation_id, t.channel, t.contact_name, t.contact_email, t.closed_at, 0 as rank, (
      select text from transcript_entries e
      where e.tenant_id = t.tenant_id and e.conversation_id = t.conversation_id and author_kind = 'visitor' and notice is null
      order by seq limit 1) as text
    from transcripts t
    where t.tenant_id = ${tenantId} and ${passes(filters)}
      and ${after ? sql`(closed_at, t.conversation_id) < (${after.closedAt}, ${after.conversationId})` : sql`true`}
    order by closed_at desc, t.conversation_id desc limit ${page.limit}`.execute(trx)
  return rows.map(toFound)
}

/**
 * Conversations in which every clause that is not excluded is found, in whichever entry or in the contact. The more entries
 * match, the better the hit; shown is the entry that matches most clauses.
 */
export async function findMatches(
  trx: Transaction<Database>,
  tenantId: string,
  clauses: readonly Clause[],
  filters: Filters,
  page: Page,
): Promise<Found[]> {
  const { after } = page
  const wanted = sql.join(
    clauses.map(({ excluded, anyOf }, n) => sql`(${sql.lit(n)}, ${toTsquery(anyOf)}, ${sql.lit(excluded)})`),
  )
  const positive = clauses.filter((clause) => !clause.excluded).length
  // With nothing but exclusions every transcript is a candidate, else only those found.
  const join = positive === 0 ? sql`left join` : sql`join`
  const { rows } = await sql<Row>`
    with hit as (
      select conversation_id, count(distinct n) filter (where not excluded) as found, bool_or(excluded) as refused,
        (count(seq) + ${sql.lit(contactWeight)} * count(*) filter (where seq is null))::int as rank,
        mode() within group (order by seq) as seq
      from (values ${wanted}) as wanted (n, query, excluded), find_words(${tenantId}, query)
      group by conversation_id)
    select t.conversation_id, t.channel, t.contact_name, t.contact_email, t.closed_at, coalesce(rank, 0) as rank, (
      select text from transcript_entries e
      where e.tenant_id = t.tenant_id and e.conversation_id = t.conversation_id and e.seq = hit.seq) as text
    from transcripts t ${join} hit on hit.conversation_id = t.conversation_id
    where t.tenant_id = ${tenantId} and coalesce(found, 0) = ${sql.lit(positive)} and refused is not true
      and ${passes(filters)}
      and ${after ? sql`(coalesce(rank, 0), closed_at, t.conversation_id) < (${after.rank}, ${after.closedAt}, ${after.conversationId})` : sql`true`}
    order by rank desc, closed_at desc, t.conversation_id desc limit ${page.limit}`.execute(trx)
  return rows.map(toFound)
}

/** Those of `words` that stand in a transcript which may be seen, the most frequent first. */
export async function listKnown(
  trx: Transaction<Database>,
  tenantId: string,
  words: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from find_each_word(${tenantId}, ${words}) as hit
    join transcripts t on t.tenant_id = ${tenantId} and t.conversation_id = hit.conversation_id
    group by word order by count(*) desc, word limit ${sql.lit(knownMax)}`.execute(trx)
  return rows.map((row) => row.word)
}

/** A word that is one slip away from more is hardly a slip of any of them. */
const knownMax = 8

/** A contact that matches counts as much as so many entries. */
const contactWeight = 1_000

function toTsquery(terms: readonly Term[]): RawBuilder<unknown> {
  return sql.join(
    terms.map(({ text, unfinished }) => {
      const phrase = sql`phraseto_tsquery('simple', bare_words(${text}))`
      if (!unfinished) return phrase
      return sql`(select case when numnode(q) = 0 then q else (q::text || ':*')::tsquery end from ${phrase} q)`
    }),
    sql` || `,
  )
}

function passes({
  channel,
  closedFrom,
  closedBefore,
  staffId,
  hasAddress,
  isAnswered,
}: Filters): RawBuilder<boolean> {
  const own = sql`e.tenant_id = t.tenant_id and e.conversation_id = t.conversation_id`
  const answered = sql`exists (
    select from transcript_entries e where ${own} and author_kind = 'staff' and notice is null)`
  const wanted = [
    channel && sql`channel = ${channel}`,
    closedFrom && sql`closed_at >= ${closedFrom}`,
    closedBefore && sql`closed_at < ${closedBefore}`,
    staffId &&
      sql`exists (select from transcript_entries e where ${own} and author_user_id = ${staffId} and notice is null)`,
    hasAddress !== undefined && sql`(contact_email is not null) = ${hasAddress}`,
    isAnswered !== undefined && sql`${answered} = ${isAnswered}`,
  ].filter((condition) => typeof condition === 'object')
  return wanted.length === 0 ? sql`true` : sql`(${sql.join(wanted, sql` and `)})`
}

function toFound(row: Row): Found {
  return {
    conversationId: row.conversation_id,
    channel: row.channel,
    contact: { name: row.contact_name, email: row.contact_email },
    closedAt: row.closed_at,
    rank: row.rank,
    text: row.text,
  }
}

interface Page {
  after: Place | undefined
  limit: number
}

interface Row {
  conversation_id: string
  channel: Channel
  contact_name: string | null
  contact_email: string | null
  closed_at: Date
  rank: number
  text: string | null
}
