import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createRandom, isWhole, seed } from '@candor/testing/long-form'
import { settle } from '@candor/testing/settle'
import { NatsConnectionImpl } from '@nats-io/nats-core/internal'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestChat } from './start-chat.ts'
import type { TestChat } from './start-chat.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const subscribing = vi.spyOn(NatsConnectionImpl.prototype, 'subscribe')

let chat: TestChat
beforeAll(async () => void (chat = await startTestChat()))
afterAll(() => chat[Symbol.asyncDispose]())

/** What each leaves behind shows from 4 KB on in the short form, from 200 bytes in the long one. */
const [cycles, heapMaxMb] = isWhole ? ([50_000, 10] as const) : ([500, 2] as const)
const warmUp = 200

test(`after ${cycles} streams that were opened, read and left nothing of them is held, seed ${seed}`, async () => {
  const [tenantId, visitorId] = [randomUUID(), randomUUID()]
  const visitor = await chat.visitor(tenantId, visitorId)
  const { conversation } = await visitor.startConversation.mutate({ text: 'Hello' })
  const token = await chat.visitorToken(tenantId, visitorId)
  const random = createRandom(seed)
  const atStart = weigh().held
  const cycle = async (count: number) => {
    await openAndLeave(count, { conversationId: conversation.id, token, random })
    return settle(() => {
      const weighed = weigh()
      expect(weighed.held).toEqual(atStart)
      return weighed
    })
  }

  const before = await cycle(warmUp)
  const after = await cycle(cycles)
  // The pool of database connections may have grown.
  expect(after.sockets - before.sockets).toBeLessThan(10)
  expect(after.heapMb - before.heapMb).toBeLessThan(heapMaxMb)
}, 900_000)

/** Eight at a time open a stream, read its state and its message, and leave: with a word, without one, or by a reset. */
async function openAndLeave(
  count: number,
  { conversationId, token, random }: { conversationId: string; token: string; random: () => number },
) {
  const { port } = new URL(chat.url)
  const input = encodeURIComponent(JSON.stringify({ conversationId }))
  const head = [
    `GET /trpc/chat/live?input=${input} HTTP/1.1`,
    'host: localhost',
    `authorization: Bearer ${token}`,
    'accept: text/event-stream',
  ]
  let left = count
  const reader = async () => {
    while (left-- > 0) {
      const socket = connect(Number(port), '127.0.0.1')
      const ways = [() => socket.end(), () => socket.destroy(), () => socket.resetAndDestroy()]
      const leave = ways[Math.floor(random() * ways.length)]!
      const over = new Promise((resolve) => socket.once('close', resolve))
      let text = ''
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        text += chunk.toString()
        if (text.includes('"text":"Hello"')) leave()
      })
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      await over
    }
  }
  await Promise.all(Array.from({ length: 8 }, reader))
}

/** The heap after a collection, and what is counted: subscriptions at the broker, listeners of the process, sockets. */
function weigh() {
  collectGarbage()
  const connections = new Set(subscribing.mock.contexts as NatsConnectionImpl[])
  return {
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
    held: {
      subscriptions: [...connections].map(({ protocol }) => protocol.subscriptions.size()),
      listeners: process.eventNames().map((name) => [name, process.listenerCount(name)]),
    },
    sockets: process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length,
  }
}
