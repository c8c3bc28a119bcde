import type { Conversation } from '@candor/contracts/chat/schemas'
import { expect, test } from 'vitest'
import { belongsTo, listedOn, placeConversation } from '../src/console/inbox/inbox-lists.ts'
import type { Page } from '../src/console/inbox/inbox-lists.ts'

test('a changed conversation moves to where its last change puts it, and stands there once', () => {
  const pages = [page(['a', 9], ['b', 7]), page(['c', 5], ['d', 3])]
  expect(ids(placeConversation(pages, conversation('d', 8), true))).toEqual([['a', 'd', 'b'], ['c']])
})

test('a conversation older than all pages loaded so far waits for its page', () => {
  const open = [{ ...page(['a', 9]), nextCursor: 'more' }]
  expect(ids(placeConversation(open, conversation('z', 1), true))).toEqual([['a']])
})

test('a conversation older than the rest ends the list when all is loaded', () => {
  expect(ids(placeConversation([page(['a', 9])], conversation('z', 1), true))).toEqual([['a', 'z']])
})

test('a conversation that no longer belongs leaves the list', () => {
  expect(ids(placeConversation([page(['a', 9], ['b', 7])], conversation('b', 10), false))).toEqual([['a']])
})

test('only open conversations in my hands are mine', () => {
  const mine = { ...conversation('a', 1), status: 'open' as const, assignee: { userId: 'me', name: 'Me' } }
  expect(belongsTo('mine', mine, 'me')).toBe(true)
  expect(belongsTo('mine', mine, 'other')).toBe(false)
  expect(belongsTo('mine', { ...mine, status: 'closed' }, 'me')).toBe(false)
  expect(belongsTo('waiting', mine, 'me')).toBe(false)
  expect(belongsTo('all', mine, 'other')).toBe(true)
})

test('a conversation that moved while a later page was on its way is listed once, as it is now', () => {
  const pages = [page(['b', 10], ['a', 9]), page(['b', 7], ['c', 5])]
  expect(listedOn(pages).map(({ id, updatedAt }) => `${id} ${updatedAt.slice(-3, -1)}`)).toEqual([
    'b 10',
    'a 09',
    'c 05',
  ])
})

function ids(pages: Page[]): string[][] {
  return pages.map(({ conversations }) => conversations.map(({ id }) => id))
}

function page(...entries: [id: string, updatedAt: number][]): Page {
  return { conversations: entries.map(([id, at]) => conversation(id, at)), nextCursor: null }
}

function conversation(id: string, at: number): Conversation {
  const time = `2026-11-21T10:00:${String(at).padStart(2, '0')}Z`
  return {
    id,
    channel: 'chat',
    status: 'waiting',
    contact: { id: `contact-${id}`, name: null, email: null },
    assignee: null,
    page: null,
    lastSeq: 1,
    lastMessage: 'hello',
    markers: { visitor: { delivered: 0, read: 0 }, staff: { delivered: 0, read: 0 } },
    startedAt: time,
    updatedAt: time,
    closedAt: null,
  }
}
