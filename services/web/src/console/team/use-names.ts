import { useQuery } from '@tanstack/react-query'
import { teamQuery } from './team-query.ts'

/** What colleagues are called, by their ids. Who has left is somebody who has left. */
export function useNames(): (id: string | null) => string {
  const { data } = useQuery(teamQuery)
  const names = new Map(data?.staff.map(({ id, name }) => [id, name]))
  return (id) => (id && names.get(id)) || (data ? 'a former colleague' : '…')
}
