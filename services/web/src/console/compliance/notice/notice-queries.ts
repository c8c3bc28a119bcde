import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { officeKey } from '../queries.ts'

const noticeKey = [...officeKey, 'notice']

export function versionsQuery(business: string) {
  return queryOptions({
    queryKey: [...noticeKey, 'versions', business],
    queryFn: () => api.privacy.listNoticeVersions.query({ business }),
    staleTime: 0,
  })
}

export function versionQuery(business: string, version: number) {
  return queryOptions({
    queryKey: [...noticeKey, 'version', business, version],
    queryFn: () => api.privacy.getNoticeVersion.query({ business, version }),
    staleTime: Infinity,
  })
}

/** What is edited, and the version published last, which it is compared with. */
export function editingQuery(business: string) {
  return queryOptions({
    queryKey: [...noticeKey, 'editing', business],
    queryFn: async () => {
      const [draft, versions] = await Promise.all([
        api.privacy.getPolicyDraft.query({}),
        api.privacy.listNoticeVersions.query({ business }),
      ])
      const { version } = versions[0]!
      return { draft, published: await api.privacy.getNoticeVersion.query({ business, version }) }
    },
    staleTime: Infinity,
    gcTime: 0,
  })
}

export const packsQuery = queryOptions({
  queryKey: [...noticeKey, 'packs'],
  queryFn: () => api.privacy.listPacks.query({}),
  staleTime: Infinity,
})

export function previewQuery(effectiveAt: string | null, savedAt: string | null) {
  return queryOptions({
    queryKey: [...noticeKey, 'preview', effectiveAt, savedAt],
    queryFn: () => api.privacy.previewPolicy.query(effectiveAt ? { effectiveAt } : {}),
    staleTime: 0,
    gcTime: 0,
  })
}

export type PolicyPreview = Awaited<ReturnType<typeof api.privacy.previewPolicy.query>>
