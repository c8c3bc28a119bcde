import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { transcripts } from '@candor/contracts/transcripts'
import type { SearchHit } from '@candor/contracts/transcripts/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import { findMatches, listLatest } from '../store/search.ts'
import type { Clause, Filters, Found } from '../store/search.ts'
import type { Deps } from './deps.ts'
import { forgiveTypos } from './forgive-typos.ts'
import { readCursor, writeCursor } from './search-cursor.ts'
import { parseSearchQuery } from './search-query.ts'
import { snippet } from './snippet.ts'

/** Words are looked for as they were typed, and, only where nothing has them all, as they may have been meant. */
export async function searchTranscripts(
  deps: Deps,
  { tenantId }: CallerOf<Row>,
  { query, cursor, limit, ...input }: InputOf<Row>,
): Promise<OutputOf<Row>> {
  const clauses = parseSearchQuery(query)
  const { after, isForgiving = false } = cursor === undefined ? {} : readCursor(cursor)
  if (query !== '' && clauses.length === 0) return { hits: [], similar: [], nextCursor: null }
  const filters = toFilters(input)
  // One more than asked for tells whether there is a next page.
  const page = { after, limit: limit + 1 }
  return asTenant(deps.db, tenantId, async (trx) => {
    const exact = query === '' ? await listLatest(trx, tenantId, filters, page) : []
    if (query !== '' && !isForgiving)
      exact.push(...(await findMatches(trx, tenantId, clauses, filters, page)))
    const forgiven =
      isForgiving || (exact.length === 0 && !after) ? await forgiveTypos(trx, tenantId, clauses) : undefined
    if (!forgiven) return toAnswer(exact, { clauses, similar: [] }, limit)
    return toAnswer(await findMatches(trx, tenantId, forgiven.clauses, filters, page), forgiven, limit)
  })
}

function toAnswer(
  found: Found[],
  { clauses, similar }: { clauses: Clause[]; similar: string[] },
  limit: number,
): OutputOf<Row> {
  const hits = found.slice(0, limit)
  return {
    hits: hits.map((hit) => toHit(hit, clauses)),
    similar: hits.length > 0 ? similar : [],
    nextCursor: found.length > limit ? writeCursor(hits.at(-1)!, similar.length > 0) : null,
  }
}

function toHit({ conversationId, channel, contact, closedAt, text }: Found, clauses: Clause[]): SearchHit {
  const about = text ?? [contact.name, contact.email].filter(Boolean).join(' ')
  return {
    conversationId,
    channel,
    contactName: contact.name,
    closedAt: closedAt.toISOString(),
    snippet: snippet(about, clauses),
  }
}

function toFilters({ closedFrom, closedBefore, ...rest }: Omit<InputOf<Row>, 'query' | 'limit'>): Filters {
  return {
    ...rest,
    closedFrom: closedFrom === undefined ? undefined : new Date(closedFrom),
    closedBefore: closedBefore === undefined ? undefined : new Date(closedBefore),
  }
}

type Row = (typeof transcripts)['procedures']['searchTranscripts']
