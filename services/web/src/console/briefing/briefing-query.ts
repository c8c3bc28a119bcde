import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

export const briefingQuery = queryOptions({
  queryKey: ['privacy', 'briefing'],
  queryFn: () => api.privacy.getBriefing.query({}),
  staleTime: 600_000,
})
