import { expect, onTestFinished, test, vi } from 'vitest'
import { findReason } from '../src/call-error.ts'
import { createCandor } from '../src/create-candor.ts'
import { createSession } from '../src/session.ts'
import { memoryTokenStore, webTokenStore } from '../src/token-store.ts'
import type { TokenStore } from '../src/token-store.ts'
import { startChatServer } from './chat-server.ts'
import { startLine } from '@candor/testing/line'
import { widgetKey } from './routers.ts'

test('calls refused together exchange the tokens once and then succeed', async () => {
  await using server = await startChatServer()
  const { candor } = await signIn(server.url)
  const { conversation } = await candor.chat.startConversation.mutate({ text: 'hello' })
  server.sessions.refuseAccessTokens()
  const conversationId = conversation.id
  const answers = await Promise.all([
    candor.chat.listMessages.query({ conversationId }),
    candor.chat.setTyping.mutate({ conversationId, typing: true }),
    candor.transcripts.downloadTranscript.query({ conversationId }),
  ])
  expect(answers[0].messages.map(({ text }) => text)).toEqual(['hello'])
  expect(server.sessions.exchanges).toBe(1)
})

test('a mutation repeated after a refusal has its effect once', async () => {
  await using server = await startChatServer()
  const { candor } = await signIn(server.url)
  const { conversation } = await candor.chat.startConversation.mutate({})
  server.sessions.refuseAccessTokens()
  const clientMessageId = crypto.randomUUID()
  await candor.chat.postMessage.mutate({ conversationId: conversation.id, clientMessageId, text: 'once' })
  expect(server.model.get(conversation.id).messages.map(({ text }) => text)).toEqual(['once'])
})

test('tokens near their end are exchanged before a call is refused', async () => {
  await using server = await startChatServer()
  const { candor, session } = await signIn(server.url)
  const { conversation } = await candor.chat.startConversation.mutate({})
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 - 10_000 })
  onTestFinished(() => void vi.useRealTimers())
  await candor.chat.listMessages.query({ conversationId: conversation.id })
  expect(server.sessions.exchanges).toBe(1)
  expect(session.isStarted()).toBe(true)
})

test('a device whose clock is an hour ahead does not exchange at every call', async () => {
  await using server = await startChatServer()
  server.sessions.issueFor(-3_000_000)
  const { candor } = await signIn(server.url)
  await candor.chat.startConversation.mutate({})
  await candor.chat.startConversation.mutate({ clientMessageId: crypto.randomUUID() })
  expect(server.sessions.exchanges).toBe(0)
})

test('two tabs on one store exchange once, though both were refused', async () => {
  await using server = await startChatServer()
  const store = memoryTokenStore('shared')
  const first = await signIn(server.url, store)
  const { conversation } = await first.candor.chat.startConversation.mutate({})
  const second = openTab(server.url, store)
  server.sessions.refuseAccessTokens()
  const input = { conversationId: conversation.id }
  await Promise.all([first, second].map(({ candor }) => candor.chat.listMessages.query(input)))
  expect(server.sessions.exchanges).toBe(1)
})

test('a duplicated tab with its own copy of the tokens learns the new pair', async () => {
  await using server = await startChatServer()
  const first = await signIn(server.url, memoryTokenStore('tab'))
  const { conversation } = await first.candor.chat.startConversation.mutate({})
  const copy = memoryTokenStore('tab')
  copy.write(first.store.read())
  const second = openTab(server.url, copy)
  server.sessions.refuseAccessTokens()
  const input = { conversationId: conversation.id }
  await Promise.all([first, second].map(({ candor }) => candor.chat.listMessages.query(input)))
  expect(server.sessions.exchanges).toBe(1)
  expect(copy.read()).toEqual(first.store.read())
})

test('a session ended by the service is forgotten, said once, and the call tells why', async () => {
  await using server = await startChatServer()
  const onEnd = vi.fn<() => void>()
  const { candor, session } = await signIn(server.url, memoryTokenStore(), onEnd)
  server.sessions.endAll()
  const error = await candor.chat.startConversation.mutate({}).catch((cause: unknown) => cause)
  expect(findReason(error)).toBe('not-signed-in')
  expect(session.isStarted()).toBe(false)
  expect(onEnd).toHaveBeenCalledOnce()
})

test('a session survives an exchange that no service answered', async () => {
  await using server = await startChatServer()
  await using line = await startLine(`http://127.0.0.1:${server.port}`)
  const { candor, session } = await signIn(line.url)
  server.sessions.refuseAccessTokens()
  line.unplug()
  await expect(candor.chat.startConversation.mutate({})).rejects.toThrow()
  line.plugIn()
  await candor.chat.startConversation.mutate({})
  expect(session.isStarted()).toBe(true)
})

test('what is not a token pair under our name in the storage counts as signed out', () => {
  const items = new Map<string, string>()
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => items.set(name, value),
    removeItem: (name: string) => items.delete(name),
  } as unknown as Storage
  const store = webTokenStore(storage, 'candor')
  for (const text of ['{', 'null', '{}', '"text"', '{"accessToken":"a"}']) {
    items.set('candor', text)
    expect(store.read()).toBeNull()
  }
  store.write({ accessToken: 'a', accessExpiresAt: '2026-01-01T00:00:00.000Z', refreshToken: 'r' })
  expect(store.read()).toMatchObject({ accessToken: 'a', refreshToken: 'r' })
  store.write(null)
  expect(items.size).toBe(0)
})

async function signIn(url: string, store = memoryTokenStore(), onEnd?: () => void) {
  const tab = openTab(url, store, onEnd)
  tab.session.start(await tab.candor.identity.startVisitorSession.mutate({ widgetKey }))
  return tab
}

function openTab(url: string, store: TokenStore, onEnd?: () => void) {
  const session = createSession({ url, store, onEnd })
  onTestFinished(() => session.dispose())
  return { session, store, candor: createCandor({ url, session }) }
}
