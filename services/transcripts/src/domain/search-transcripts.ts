import type { SearchHit } from '@candor/contracts/transcripts/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import { findMatches, listLatest } from '../store/search.ts'
import type { Clause, Found } from '../store/search.ts'
import type { Deps } from './deps.ts'
import { readCursor, writeCursor } from './search-cursor.ts'
import { parseSearchQuery } from './search-query.ts'
import { snippet } from './snippet.ts'

export async function searchTranscripts(
  deps: Deps,
  { tenantId }: { tenantId: string },
  input: { query: string; cursor?: string | undefined; limit: number },
): Promise<{ hits: SearchHit[]; nextCursor: string | null }> {
  const { query, limit } = input
  const clauses = parseSearchQuery(query)
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor)
  if (query !== '' && clauses.length === 0) return { hits: [], nextCursor: null }
  // One more than asked for tells whether there is a next page.
  const page = { after, limit: limit + 1 }
  const found = await asTenant(deps.db, tenantId, (trx) =>
    query === '' ? listLatest(trx, tenantId, page) : findMatches(trx, tenantId, clauses, page),
  )
  const hits = found.slice(0, limit)
  return {
    hits: hits.map((hit) => toHit(hit, clauses)),
    nextCursor: found.length > limit ? writeCursor(hits.at(-1)!) : null,
  }
}

function toHit({ conversationId, contact, closedAt, text }: Found, clauses: Clause[]): SearchHit {
  const about = text ?? [contact.name, contact.email].filter(Boolean).join(' ')
  return {
    conversationId,
    contactName: contact.name,
    closedAt: closedAt.toISOString(),
    snippet: snippet(about, clauses),
  }
}
