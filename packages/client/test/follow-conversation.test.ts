import { TRPCError } from '@trpc/server'
import { expect, test, vi } from 'vitest'
import { startChatServer } from './chat-server.ts'
import { startLine } from '@candor/testing/line'
import { startVisitor } from './visitor.ts'

const soon = { timeout: 5_000, interval: 10 }

test('what was said before and what is said now arrive in order', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  const say = (text: string) => server.model.say(visitor.conversationId, text)
  say('one')
  say('two')
  visitor.follow()
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['one', 'two']), soon)
  say('three')
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['one', 'two', 'three']), soon)
})

test('a caller that has the first messages gets only the later ones', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  const say = (text: string) => server.model.say(visitor.conversationId, text)
  say('one')
  say('two')
  visitor.follow(1)
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['two']), soon)
})

test('30 cuts during 150 messages: nothing missing, nothing twice, in order', async () => {
  await using server = await startChatServer()
  await using line = await startLine(`http://127.0.0.1:${server.port}`)
  using visitor = await startVisitor(line.url)
  visitor.follow()
  const expected: string[] = []
  for (let cut = 0; cut < 30; cut++) {
    await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
    for (let message = 0; message < 5; message++) {
      if (message === cut % 5) line.cut()
      const text = `${cut}.${message}`
      expected.push(text)
      server.model.say(visitor.conversationId, text)
      if (cut % 2 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await vi.waitFor(() => expect(visitor.texts()).toHaveLength(expected.length), soon)
  expect(visitor.texts()).toEqual(expected)
}, 30_000)

test('a missed broadcast is fetched when the next one shows the gap', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
  server.model.say(visitor.conversationId, 'one')
  server.model.missBroadcasts(1)
  server.model.say(visitor.conversationId, 'missed')
  server.model.say(visitor.conversationId, 'three')
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['one', 'missed', 'three']), soon)
})

test('a missed broadcast that no message follows is fetched when the conversation tells of it', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
  server.model.missBroadcasts(1)
  server.model.say(visitor.conversationId, 'missed')
  server.model.change(visitor.conversationId, {})
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['missed']), soon)
})

test('a connection that stays open but silent is given up and resumed', async () => {
  await using server = await startChatServer()
  await using line = await startLine(`http://127.0.0.1:${server.port}`)
  using visitor = await startVisitor(line.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
  line.freeze()
  server.model.say(visitor.conversationId, 'said into the silence')
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['said into the silence']), soon)
  expect(visitor.states.map(({ status }) => status)).toContain('waiting')
})

test('heartbeats alone keep a connection in which nobody speaks', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
  const beginning = Date.now()
  await vi.waitUntil(() => Date.now() - beginning > 1_200, soon)
  expect(visitor.states.map(({ status }) => status)).toEqual(['connecting', 'live'])
})

test('error pages of a proxy are waited out, with growing delays', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  server.failWith(502)
  visitor.follow()
  await vi.waitFor(
    () => expect(visitor.states.filter(({ status }) => status === 'waiting')).toHaveLength(4),
    soon,
  )
  server.model.say(visitor.conversationId, 'after the storm')
  server.failWith(null)
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['after the storm']), soon)
  const delaysMs = visitor.states.flatMap((state) => (state.status === 'waiting' ? [state.delayMs] : []))
  expect(delaysMs[3]).toBeGreaterThan(delaysMs[0] ?? 0)
})

test('no network at all is waited out', async () => {
  await using server = await startChatServer()
  await using line = await startLine(`http://127.0.0.1:${server.port}`)
  using visitor = await startVisitor(line.url)
  line.unplug()
  visitor.follow()
  await vi.waitFor(() => expect(visitor.states.at(-1)).toMatchObject({ status: 'waiting', attempt: 3 }), soon)
  server.model.say(visitor.conversationId, 'hello again')
  line.plugIn()
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['hello again']), soon)
})

test('a service that goes down in order is resumed at the next one', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
  server.model.emitter.emit(visitor.conversationId, new TRPCError({ code: 'SERVICE_UNAVAILABLE' }))
  await vi.waitFor(() => expect(visitor.states.map(({ status }) => status)).toContain('waiting'), soon)
  server.model.say(visitor.conversationId, 'still here')
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['still here']), soon)
})

test('a position the service does not know is reset and everything delivered anew', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  server.model.say(visitor.conversationId, 'one')
  server.model.say(visitor.conversationId, 'two')
  visitor.follow(99)
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['one', 'two']), soon)
  expect(visitor.resets()).toBe(1)
})

test('an erased conversation ends the following for good', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
  server.model.erase(visitor.conversationId)
  await vi.waitFor(() => expect(visitor.states.at(-1)).toEqual({ status: 'ended', reason: 'gone' }), soon)
})

test('a conversation that is not there is not asked for again', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  server.model.erase(visitor.conversationId)
  visitor.follow()
  await vi.waitFor(
    () => expect(visitor.states.at(-1)).toEqual({ status: 'ended', reason: 'not-found' }),
    soon,
  )
  expect(server.calls.filter((call) => call.startsWith('chat/live'))).toHaveLength(1)
})

test('a stream whose token was refused comes back with a new one', async () => {
  await using server = await startChatServer()
  await using line = await startLine(`http://127.0.0.1:${server.port}`)
  using visitor = await startVisitor(line.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
  server.sessions.refuseAccessTokens()
  line.cut()
  server.model.say(visitor.conversationId, 'new token')
  await vi.waitFor(() => expect(visitor.texts()).toEqual(['new token']), soon)
  expect(server.sessions.exchanges).toBe(1)
})

test('a session that has ended ends the following', async () => {
  await using server = await startChatServer()
  await using line = await startLine(`http://127.0.0.1:${server.port}`)
  using visitor = await startVisitor(line.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true), soon)
  server.sessions.endAll()
  line.cut()
  const ended = { status: 'ended', reason: 'not-signed-in' }
  await vi.waitFor(() => expect(visitor.states.at(-1)).toEqual(ended), soon)
})

test('a refused stream never counts as live', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  server.sessions.endAll()
  visitor.follow()
  const ended = { status: 'ended', reason: 'not-signed-in' }
  await vi.waitFor(() => expect(visitor.states.at(-1)).toEqual(ended), soon)
  expect(visitor.states.map(({ status }) => status)).toEqual(['connecting', 'ended'])
})
