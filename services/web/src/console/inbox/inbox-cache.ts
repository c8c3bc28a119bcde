import type { Conversation } from '@candor/contracts/chat/schemas'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { channelChoices } from './channel-mark.tsx'
import { belongsTo, isOf, isOlder, placeConversation, removeConversation, views } from './inbox-lists.ts'
import type { ChannelChoice, Page, View } from './inbox-lists.ts'

export const inboxKey = ['inbox']

export function viewKey(view: View, channel: ChannelChoice): string[] {
  return [...inboxKey, view, channel]
}

/**
 * Brings a changed conversation into every list that has been loaded, unless they know it as it was later: what several
 * streams and answers say of it need not come in order.
 */
export function placeInInbox(client: QueryClient, conversation: Conversation, userId: string): void {
  if (copiesInInbox(client, conversation.id).some((held) => isOlder(conversation, held))) return
  for (const [view, channel] of lists) {
    const isIn = belongsTo(view, conversation, userId) && isOf(channel, conversation)
    change(client, viewKey(view, channel), (pages) => placeConversation(pages, conversation, isIn))
  }
}

/** What was erased stays nowhere in this tab: not in the lists, nor in what other pages have read of it. */
export function forgetConversation(client: QueryClient, conversationId: string): void {
  for (const [view, channel] of lists)
    change(client, viewKey(view, channel), (pages) => removeConversation(pages, conversationId))
  client.removeQueries({ queryKey: ['contact'], type: 'inactive' })
  void client.resetQueries({ queryKey: ['transcripts'] })
}

export function findInInbox(client: QueryClient, conversationId: string): Conversation | undefined {
  return copiesInInbox(client, conversationId)[0]
}

/** What each of the lists that has it says of a conversation. */
function copiesInInbox(client: QueryClient, conversationId: string): Conversation[] {
  return lists.flatMap(([view, channel]) => {
    const list = client.getQueryData<InfiniteData<Page>>(viewKey(view, channel))
    return list?.pages.flatMap((page) => page.conversations).find(({ id }) => id === conversationId) ?? []
  })
}

/** Every list there may be. */
const lists = views.flatMap((view) => channelChoices.map(({ id }) => [view, id] as const))

function change(client: QueryClient, key: string[], next: (pages: Page[]) => Page[]): void {
  client.setQueryData<InfiniteData<Page>>(key, (data) => data && { ...data, pages: next(data.pages) })
}
