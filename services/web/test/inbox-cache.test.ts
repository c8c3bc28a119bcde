import type { Conversation } from '@candor/contracts/chat/schemas'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { findInInbox, placeInInbox, viewKey } from '../src/console/inbox/inbox-cache.ts'
import type { Page, View } from '../src/console/inbox/inbox-lists.ts'

const markers = { visitor: { delivered: 0, read: 0 }, staff: { delivered: 0, read: 0 } }
const mine: Conversation = {
  id: 'mine',
  channel: 'chat',
  status: 'open',
  contact: { id: 'contact', name: null, email: null },
  assignee: { userId: 'me', name: 'Me' },
  page: null,
  lastSeq: 3,
  lastMessage: 'first words',
  markers,
  startedAt: at(1),
  updatedAt: at(3),
  closedAt: null,
}
const other: Conversation = { ...mine, id: 'other', updatedAt: at(5) }
const written = { ...mine, lastSeq: 4, lastMessage: 'latest words', updatedAt: at(9) }

test('what is written is in every list, and a copy of before does not take it back', () => {
  const client = inbox({ mine: [other, mine], all: [other, mine] })
  placeInInbox(client, written, 'me')
  placeInInbox(client, { ...mine, markers: { ...markers, visitor: { delivered: 3, read: 3 } } }, 'me')
  expect(listed(client, 'mine')).toEqual([written, other])
  expect(listed(client, 'all')).toEqual([written, other])
})

test('what was read does not become unread by a copy of before', () => {
  const client = inbox({ mine: [other, mine] })
  const read = { ...mine, markers: { ...markers, staff: { delivered: 3, read: 3 } } }
  placeInInbox(client, read, 'me')
  placeInInbox(client, mine, 'me')
  expect(findInInbox(client, 'mine')).toEqual(read)
})

test('a conversation does not come back into a list that it has left', () => {
  const waiting = { ...mine, status: 'waiting' as const, assignee: null }
  const client = inbox({ waiting: [waiting], mine: [] })
  placeInInbox(client, written, 'me')
  placeInInbox(client, waiting, 'me')
  expect(listed(client, 'waiting')).toEqual([])
  expect(listed(client, 'mine')).toEqual([written])
})

test('what changes without a message changes in the lists', () => {
  const client = inbox({ mine: [mine], closed: [] })
  const closed = { ...mine, status: 'closed' as const, closedAt: at(7) }
  placeInInbox(client, closed, 'me')
  expect(listed(client, 'mine')).toEqual([])
  expect(listed(client, 'closed')).toEqual([closed])
})

function inbox(lists: Partial<Record<View, Conversation[]>>): QueryClient {
  const client = new QueryClient()
  for (const [view, conversations] of Object.entries(lists)) {
    const pages: Page[] = [{ conversations, nextCursor: null }]
    client.setQueryData(viewKey(view as View, 'any'), { pages, pageParams: [''] })
  }
  return client
}

function listed(client: QueryClient, view: View): Conversation[] {
  return client
    .getQueryData<{ pages: Page[] }>(viewKey(view, 'any'))!
    .pages.flatMap((page) => page.conversations)
}

function at(second: number): string {
  return `2026-11-21T10:00:0${second}Z`
}
