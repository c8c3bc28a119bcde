import type { Message } from '@candor/contracts/chat/schemas'
import { TRPCClientError } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { expect, test } from 'vitest'
import {
  changeThread,
  emptyThread,
  hasOlder,
  sendingState,
  shownMessages,
} from '../src/console/inbox/thread.ts'
import type { Thread, ThreadAction } from '../src/console/inbox/thread.ts'

test('messages stand in the order of their numbers, however they arrive', () => {
  const thread = play(loaded(4), loaded(2, 3), loaded(1))
  expect(shownSeqs(thread)).toEqual([1, 2, 3, 4])
})

test('a message that comes from the stream, a list and a reply is shown once', () => {
  const thread = play(loaded(1, 2), loaded(2), loaded(1, 2, 3), loaded(3))
  expect(shownSeqs(thread)).toEqual([1, 2, 3])
})

test('nothing after a gap is shown until the gap is filled', () => {
  const before = play(loaded(1, 2), loaded(5))
  expect(shownSeqs(before)).toEqual([1, 2])
  expect(shownSeqs(play(loaded(1, 2), loaded(5), loaded(3, 4)))).toEqual([1, 2, 3, 4, 5])
})

test('a sent message stays pending until it can be shown in its place', () => {
  const sent = play(loaded(1), writing('m-3'), loaded(3))
  expect(sent.pending.map((one) => one.clientMessageId)).toEqual(['m-3'])
  const filled = changeThread(sent, loaded(2))
  expect(filled.pending).toEqual([])
  expect(shownSeqs(filled)).toEqual([1, 2, 3])
})

test('a failed message keeps its id when it is sent again', () => {
  const failed = play(writing('m-1'), { type: 'failed', clientMessageId: 'm-1', error: 'cut' })
  expect(failed.pending[0]).toMatchObject({ clientMessageId: 'm-1', state: 'failed', error: 'cut' })
  const again = changeThread(failed, { type: 'resending', clientMessageId: 'm-1' })
  expect(again.pending[0]).toMatchObject({ clientMessageId: 'm-1', state: 'sending' })
})

test('without a connection an unsent message waits; with one, a person decides what becomes of it', () => {
  const sending = play(writing('m-1')).pending[0]!
  const cut = { ...sending, state: 'failed' as const, error: new TypeError('Failed to fetch') }
  const isLive = { isLive: true, isOffline: false }
  const isLost = { isLive: false, isOffline: false }
  const isOffline = { isLive: true, isOffline: true }
  expect([isLive, isLost, isOffline].map((line) => sendingState(sending, line))).toEqual([
    'sending',
    'sending',
    'waiting',
  ])
  expect([isLive, isLost, isOffline].map((line) => sendingState(cut, line))).toEqual([
    'failed',
    'waiting',
    'waiting',
  ])
})

test('a message that was refused for good does not wait for a connection', () => {
  const refused = play(writing('m-1'), { type: 'failed', clientMessageId: 'm-1', error: refusal('closed') })
  expect(sendingState(refused.pending[0]!, { isLive: false, isOffline: true })).toBe('failed')
})

test('a reset drops what was confirmed and keeps what is still to be sent', () => {
  const thread = play(loaded(1, 2), writing('m-9'), { type: 'reset' })
  expect(shownSeqs(thread)).toEqual([])
  expect(thread.pending).toHaveLength(1)
})

test('older messages exist as long as the first one held is not number one', () => {
  expect(hasOlder(play(loaded(7, 8)))).toBe(true)
  expect(hasOlder(play(loaded(1, 2)))).toBe(false)
  expect(hasOlder(emptyThread)).toBe(false)
})

function refusal(reason: string): TRPCClientError<AnyTRPCRouter> {
  return TRPCClientError.from({
    error: { code: -32600, message: reason, data: { reason, retryable: false } },
  })
}

function play(...actions: ThreadAction[]): Thread {
  return actions.reduce(changeThread, emptyThread)
}

function shownSeqs(thread: Thread): number[] {
  return shownMessages(thread).map(({ seq }) => seq)
}

function loaded(...seqs: number[]): ThreadAction {
  return { type: 'loaded', messages: seqs.map(message) }
}

function writing(clientMessageId: string): ThreadAction {
  return { type: 'writing', message: { clientMessageId, text: 'hello', createdAt: '2026-11-21T10:00:00Z' } }
}

function message(seq: number): Message {
  return {
    id: `id-${seq}`,
    conversationId: 'c',
    seq,
    author: { kind: 'visitor', name: null },
    text: `message ${seq}`,
    notice: null,
    clientMessageId: `m-${seq}`,
    createdAt: `2026-11-21T10:00:${String(seq).padStart(2, '0')}Z`,
  }
}
