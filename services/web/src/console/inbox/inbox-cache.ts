import type { Conversation } from '@candor/contracts/chat/schemas'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { belongsTo, placeConversation, removeConversation, views } from './inbox-lists.ts'
import type { Page, View } from './inbox-lists.ts'

export const inboxKey = ['inbox']

export function viewKey(view: View): string[] {
  return [...inboxKey, view]
}

/** Brings a changed conversation into every list that has been loaded. */
export function placeInInbox(client: QueryClient, conversation: Conversation, userId: string): void {
  for (const view of views) {
    const isIn = belongsTo(view, conversation, userId)
    change(client, view, (pages) => placeConversation(pages, conversation, isIn))
  }
}

/** What was erased stays nowhere in this tab: not in the lists, nor in what other pages have read of it. */
export function forgetConversation(client: QueryClient, conversationId: string): void {
  for (const view of views) change(client, view, (pages) => removeConversation(pages, conversationId))
  client.removeQueries({ queryKey: ['contact'], type: 'inactive' })
  void client.resetQueries({ queryKey: ['transcripts'] })
}

export function findInInbox(client: QueryClient, conversationId: string): Conversation | undefined {
  for (const view of views) {
    const lists = client.getQueryData<InfiniteData<Page>>(viewKey(view))
    const found = lists?.pages.flatMap((page) => page.conversations).find(({ id }) => id === conversationId)
    if (found) return found
  }
  return undefined
}

function change(client: QueryClient, view: View, next: (pages: Page[]) => Page[]): void {
  client.setQueryData<InfiniteData<Page>>(
    viewKey(view),
    (data) => data && { ...data, pages: next(data.pages) },
  )
}
