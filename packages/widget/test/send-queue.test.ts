import { TRPCClientError } from '@trpc/client'
import { expect, test, vi } from 'vitest'
import { createSendQueue } from '../src/send-queue.ts'
import type { PendingMessage } from '../src/state.ts'

const backoff = { baseMs: 1, capMs: 2 }

test('messages go out one at a time, as they were typed, though the first needs three tries', async () => {
  let failuresLeft = 2
  const { delivered, queue, pending } = startQueue(['one', 'two', 'three'], () => {
    if (failuresLeft-- > 0) throw new Error('no network')
  })
  queue.run()
  queue.run()
  await vi.waitFor(() => expect(pending()).toEqual([]))
  expect(delivered).toEqual(['one', 'one', 'one', 'two', 'three'])
})

test('after tries in vain all wait, and go out when asked to again', async () => {
  let isDown = true
  const { delivered, queue, pending } = startQueue(['one', 'two'], () => {
    if (isDown) throw new Error('no network')
  })
  queue.run()
  await vi.waitFor(() => expect(pending().map(({ state }) => state)).toEqual(['failed', 'failed']))
  expect(delivered).toEqual(['one', 'one', 'one', 'one'])
  isDown = false
  queue.retryAll()
  await vi.waitFor(() => expect(pending()).toEqual([]))
  expect(delivered.slice(4)).toEqual(['one', 'two'])
})

test('a message refused for good does not hold up the next', async () => {
  const onRefused = vi.fn<() => void>()
  const { delivered, queue, pending } = startQueue(
    ['refused', 'two'],
    (text) => {
      if (text === 'refused') throw refusal()
    },
    onRefused,
  )
  queue.run()
  await vi.waitFor(() => expect(pending().map(({ text }) => text)).toEqual(['refused']))
  expect(delivered).toEqual(['refused', 'two'])
  expect(onRefused).toHaveBeenCalledOnce()
})

function startQueue(texts: string[], deliver: (text: string) => void, onRefused = () => {}) {
  const delivered: string[] = []
  let pending = texts.map((text): PendingMessage => ({ clientMessageId: text, text, state: 'sending' }))
  const queue = createSendQueue({
    getPending: () => pending,
    setPending: (next) => {
      pending = next
    },
    deliver: async ({ text }) => {
      delivered.push(text)
      deliver(text)
    },
    onRefused,
    backoff,
  })
  return { delivered, queue, pending: () => pending }
}

function refusal(): Error {
  return TRPCClientError.from({
    error: { message: '', code: -32600, data: { reason: 'bad-input', retryable: false } },
  } as never)
}
