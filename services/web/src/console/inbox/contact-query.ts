import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

export function contactQuery(contactId: string) {
  return queryOptions({
    queryKey: ['contact', contactId],
    queryFn: () => api.chat.getContact.query({ contactId }),
  })
}
