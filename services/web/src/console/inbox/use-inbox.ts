import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { viewKey } from './inbox-cache.ts'
import { viewInput } from './inbox-lists.ts'
import type { ChannelChoice, View } from './inbox-lists.ts'

/** One view of the inbox, page by page; live events keep it current, so it is not read again by age. */
export function useInbox(view: View, channel: ChannelChoice = 'any') {
  return useInfiniteQuery({
    queryKey: viewKey(view, channel),
    queryFn: ({ pageParam }) =>
      api.chat.listConversations.query({
        ...viewInput[view],
        ...(channel === 'any' ? {} : { channel }),
        // A screen full comes soonest; who goes on from there goes far.
        ...(pageParam ? { cursor: pageParam, limit: 200 } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
}

/** How many visitors wait, as far as the first page tells. */
export function useWaitingCount(): number {
  const { data } = useInbox('waiting')
  return data?.pages.reduce((sum, page) => sum + page.conversations.length, 0) ?? 0
}
