import type { Conversation } from '@candor/contracts/chat/schemas'
import type { Channel } from '@candor/contracts/policy/categories'

/** The ways to look at the inbox. */
export const views = ['waiting', 'mine', 'all', 'closed'] as const
export type View = (typeof views)[number]

/** One channel, or whichever. */
export type ChannelChoice = Channel | 'any'

/** What each view asks the server for. */
export const viewInput = {
  waiting: { status: 'waiting' },
  mine: { status: 'open', assignee: 'me' },
  all: {},
  closed: { status: 'closed' },
} as const

export function belongsTo(view: View, conversation: Conversation, userId: string): boolean {
  if (view === 'mine') return conversation.status === 'open' && conversation.assignee?.userId === userId
  return view === 'all' || conversation.status === view
}

export function isOf(channel: ChannelChoice, conversation: Conversation): boolean {
  return channel === 'any' || conversation.channel === channel
}

/** Whether one copy is of before the other: neither the messages of a conversation nor its markers ever go back. */
export function isOlder(one: Conversation, other: Conversation): boolean {
  const reached = progressOf(other)
  return progressOf(one).some((seq, at) => seq < reached[at]!)
}

/**
 * Puts a changed conversation where the server would list it: latest change first, on one page only, and nowhere
 * when it has left the view or would stand beyond the pages loaded so far.
 */
export function placeConversation(pages: Page[], changed: Conversation, belongs: boolean): Page[] {
  const others = removeConversation(pages, changed.id)
  if (!belongs) return others
  const at = others.findIndex(
    (page) =>
      page.nextCursor === null || page.conversations.some((other) => other.updatedAt <= changed.updatedAt),
  )
  return others.map((page, index) => (index === at ? withConversation(page, changed) : page))
}

/**
 * The conversations of all pages, each where it stands first: one that changed while a page was on its way may be on that
 * page as well, as it was before.
 */
export function listedOn(pages: Page[]): Conversation[] {
  const listed = new Set<string>()
  return pages.flatMap(({ conversations }) =>
    conversations.filter(({ id }) => {
      const isFirst = !listed.has(id)
      listed.add(id)
      return isFirst
    }),
  )
}

export function removeConversation(pages: Page[], conversationId: string): Page[] {
  return pages.map((page) => ({
    ...page,
    conversations: page.conversations.filter(({ id }) => id !== conversationId),
  }))
}

function progressOf({ lastSeq, markers: { visitor, staff } }: Conversation): number[] {
  return [lastSeq, visitor.delivered, visitor.read, staff.delivered, staff.read]
}

function withConversation(page: Page, changed: Conversation): Page {
  const older = page.conversations.findIndex((other) => other.updatedAt <= changed.updatedAt)
  const conversations = [...page.conversations]
  conversations.splice(older === -1 ? conversations.length : older, 0, changed)
  return { ...page, conversations }
}

export interface Page {
  conversations: Conversation[]
  nextCursor: string | null
}
