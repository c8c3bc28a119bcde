import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { RequestKind } from '@candor/contracts/policy/policy'
import { api } from '../../../api/api.ts'
import { officeKey } from '../queries.ts'

export const requestsKey = [...officeKey, 'requests']

export const openStates = ['awaiting-proof', 'awaiting-decision', 'in-progress'] as const

/** What the queue can be narrowed to. */
export const views = {
  open: { label: 'Open', input: { states: [...openStates] } },
  overdue: { label: 'Overdue', input: { overdue: true } },
  ended: { label: 'Ended', input: { states: ['completed', 'refused', 'lapsed'] } },
  all: { label: 'All', input: {} },
} as const satisfies Record<
  string,
  { label: string; input: Parameters<typeof api.privacy.listRequests.query>[0] }
>
export type QueueView = keyof typeof views

export function queueQuery(view: QueueView, kind: RequestKind | null) {
  return infiniteQueryOptions({
    queryKey: [...requestsKey, view, kind],
    queryFn: ({ pageParam }) =>
      api.privacy.listRequests.query({
        ...structuredClone(views[view].input),
        ...(kind ? { kinds: [kind] } : {}),
        ...(pageParam ? { beforeId: pageParam } : {}),
        limit: pageSize,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)!.id),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.some((one) => one.state === 'in-progress')) ? 3000 : false,
  })
}

export function requestQuery(requestId: string) {
  return queryOptions({
    queryKey: [...requestsKey, 'one', requestId],
    queryFn: () => api.privacy.getRequest.query({ requestId }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'in-progress' ? 2000 : false),
  })
}

const pageSize = 50
