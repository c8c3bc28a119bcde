import type { AuditEntry, AuditLogFile } from '@candor/contracts/privacy/audit'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { officeKey } from '../queries.ts'

const auditKey = [...officeKey, 'audit']

export function entriesQuery({ kind, staffId, since, until }: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: [...auditKey, 'entries', kind, staffId, since, until],
    queryFn: ({ pageParam }) =>
      api.privacy.listAuditEntries.query({
        ...(kind ? { kind } : {}),
        ...(staffId ? { staffId } : {}),
        ...(since ? { since: new Date(`${since}T00:00:00`).toISOString() } : {}),
        ...(until ? { until: new Date(`${until}T23:59:59.999`).toISOString() } : {}),
        ...(pageParam === null ? {} : { before: pageParam }),
        limit: 50,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
    // Looking is an entry itself: it is read again when somebody asks for it, not by age.
    staleTime: Infinity,
    gcTime: 0,
  })
}

export const headQuery = queryOptions({
  queryKey: [...auditKey, 'head'],
  queryFn: () => api.privacy.getAuditHead.query({}),
  staleTime: Infinity,
  gcTime: 0,
})

/** The log up to a signed head, page by page: exactly what that head was signed for. */
export async function readWholeLog(onProgress: (share: number) => void): Promise<AuditLogFile> {
  const signed = await api.privacy.getAuditHead.query({})
  const entries: AuditEntry[] = []
  let before = signed.head.size
  while (before > 0) {
    const page = await api.privacy.listAuditEntries.query({ before, limit: 200 })
    entries.push(...page.entries)
    onProgress(entries.length / signed.head.size)
    if (page.nextBefore === null) break
    before = page.nextBefore
  }
  return { entries: entries.toReversed(), signed }
}

export interface AuditFilter {
  kind: AuditEntry['kind'] | null
  staffId: string | null
  since: string
  until: string
}
