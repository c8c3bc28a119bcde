import type { Author, Message } from '@candor/contracts/chat/schemas'
import { expect, test } from 'vitest'
import { countUnread, emptyState, withMessage } from '../src/state.ts'
import { threadOf } from '../src/thread.ts'

const visitor: Author = { kind: 'visitor', name: null }
const maya: Author = { kind: 'staff', userId: 'maya', name: 'Maya' }

test('messages stand once and in order, whichever way and however often they come', () => {
  const [one, two, three] = [message(1, visitor), message(2, maya), message(3, visitor)]
  let messages: Message[] = []
  for (const next of [two, three, two, one, three, one]) messages = withMessage(messages, next)
  expect(messages).toEqual([one, two, three])
})

test('messages of one side, close in time, form one run; notices and pauses part them', () => {
  const messages = [
    message(1, visitor),
    message(2, visitor),
    { ...message(3, maya), notice: 'taken' as const },
    message(4, maya),
    message(5, maya, 400),
  ]
  const blocks = threadOf({ messages, pending: [], markers: null, isOffline: false })
  expect(blocks.map((block) => (block.kind === 'run' ? block.lines.length : block.kind))).toEqual([
    2,
    'notice',
    1,
    1,
  ])
})

test('a message that is both confirmed and pending shows once', () => {
  const messages = [message(1, visitor)]
  const pending = [{ clientMessageId: 'client-1', text: 'text 1', state: 'sending' } as const]
  const blocks = threadOf({ messages, pending, markers: null, isOffline: false })
  expect(blocks.flatMap((block) => (block.kind === 'run' ? block.lines : []))).toMatchObject([
    { state: 'sent' },
  ])
})

test('without a connection everything unsent waits for it, whatever came of earlier tries', () => {
  const pending = (['failed', 'sending'] as const).map((state) => ({
    clientMessageId: state,
    text: '',
    state,
  }))
  const blocks = threadOf({ messages: [], pending, markers: null, isOffline: true })
  const states = blocks
    .flatMap((block) => (block.kind === 'run' ? block.lines : []))
    .map(({ state }) => state)
  expect(states).toEqual(['held', 'held'])
})

test("the other side's markers say how far each message got", () => {
  const messages = [1, 2, 3].map((seq) => message(seq, visitor))
  const markers = { visitor: { delivered: 0, read: 0 }, staff: { delivered: 2, read: 1 } }
  const blocks = threadOf({ messages, pending: [], markers, isOffline: false })
  const states = blocks.flatMap((block) =>
    block.kind === 'run' ? block.lines.map(({ state }) => state) : [],
  )
  expect(states).toEqual(['read', 'delivered', 'sent'])
})

test('only what staff wrote after the last reading counts as unread', () => {
  const messages = [
    message(1, maya),
    message(2, visitor),
    message(3, maya),
    { ...message(4, maya), notice: 'closed' as const },
  ]
  const markers = { visitor: { delivered: 4, read: 1 }, staff: { delivered: 0, read: 0 } }
  expect(countUnread({ ...emptyState, messages, markers })).toBe(1)
  expect(countUnread({ ...emptyState, messages, markers, readSeq: 3 })).toBe(0)
})

function message(seq: number, author: Author, laterSeconds = 0): Message {
  return {
    id: `id-${seq}`,
    conversationId: 'conversation',
    seq,
    author,
    text: `text ${seq}`,
    notice: null,
    clientMessageId: `client-${seq}`,
    createdAt: new Date(Date.UTC(2026, 0, 1, 12, 0, laterSeconds)).toISOString(),
  }
}
