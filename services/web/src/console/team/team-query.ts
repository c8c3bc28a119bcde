import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

export const teamQuery = queryOptions({
  queryKey: ['team'],
  queryFn: () => api.identity.listStaff.query(),
})
