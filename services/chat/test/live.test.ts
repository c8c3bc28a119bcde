import { randomUUID } from 'node:crypto'
import type { LiveEvent } from '@candor/contracts/chat/schemas'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
type Client = Awaited<ReturnType<typeof chat.visitor>>
beforeAll(async () => {
  chat = await startTestChat()
})
afterAll(() => chat[Symbol.asyncDispose]())

function follow(client: Client, input: { conversationId?: string; lastEventId?: string }) {
  const events: LiveEvent[] = []
  const errors: unknown[] = []
  const subscription = client.live.subscribe(input, {
    onData: ({ data }) => events.push(data as LiveEvent),
    onError: (err) => errors.push(err),
  })
  const seqs = () => events.flatMap((event) => (event.type === 'message' ? [event.message.seq] : []))
  return { events, errors, seqs, stop: () => subscription.unsubscribe() }
}

async function startConversation() {
  const tenant = randomUUID()
  const visitorId = randomUUID()
  const visitor = await chat.visitor(tenant, visitorId)
  const { conversation } = await visitor.startConversation.mutate({ text: 'm1' })
  const post = (client: Client, text: string) =>
    client.postMessage.mutate({ conversationId: conversation.id, clientMessageId: randomUUID(), text })
  return { tenant, visitorId, visitor, agent: await chat.staff(tenant), id: conversation.id, post }
}

test('both sides see messages, typing and markers at once', async () => {
  const { visitor, agent, id, post } = await startConversation()
  const [seenByVisitor, seenByAgent] = [
    follow(visitor, { conversationId: id }),
    follow(agent, { conversationId: id }),
  ]
  await settle(() => expect([seenByVisitor.seqs(), seenByAgent.seqs()]).toEqual([[1], [1]]))
  await post(agent, 'm2')
  await visitor.setTyping.mutate({ conversationId: id, typing: true })
  await visitor.markRead.mutate({ conversationId: id, seq: 2 })
  await settle(() => {
    expect(seenByVisitor.seqs()).toEqual([1, 2])
    expect(seenByAgent.events).toContainEqual({
      type: 'typing',
      conversationId: id,
      side: 'visitor',
      name: null,
      typing: true,
    })
    expect(seenByAgent.events.at(-1)).toMatchObject({ type: 'markers', markers: { visitor: { read: 2 } } })
  })
  expect(seenByVisitor.events.some(({ type }) => type === 'typing')).toBe(false)
  seenByVisitor.stop()
  seenByAgent.stop()
})

test('a client that resumes gets what it missed, in order and once', async () => {
  const { visitor, agent, id, post } = await startConversation()
  for (let n = 2; n <= 6; n++) await post(agent, `m${n}`)
  const resumed = follow(visitor, { conversationId: id, lastEventId: '3' })
  await post(agent, 'm7')
  await settle(() => expect(resumed.seqs()).toEqual([4, 5, 6, 7]))
  expect(resumed.events.some(({ type }) => type === 'reset')).toBe(false)
  resumed.stop()
})

test('a position the server does not know is answered by a reset and the whole conversation', async () => {
  const { visitor, id } = await startConversation()
  const resumed = follow(visitor, { conversationId: id, lastEventId: '900' })
  await settle(() => expect(resumed.seqs()).toEqual([1]))
  expect(resumed.events[0]).toEqual({ type: 'reset', reason: 'unknown-position' })
  resumed.stop()
})

test('subscribing while others post misses nothing', async () => {
  const { tenant, visitor, agent, id, post } = await startConversation()
  const posting = (async () => {
    for (let n = 2; n <= 40; n++) await post(agent, `m${n}`)
  })()
  const streams: ReturnType<typeof follow>[] = []
  for (let n = 0; n < 10; n++) {
    streams.push(follow(n % 2 ? visitor : await chat.staff(tenant), { conversationId: id }))
    await settle(() => expect(streams.at(-1)!.events.length).toBeGreaterThan(0))
  }
  await posting
  const whole = Array.from({ length: 40 }, (_, n) => n + 1)
  await settle(() => streams.forEach((stream) => expect(stream.seqs()).toEqual(whole)))
  streams.forEach((stream) => stream.stop())
})

test('a message posted on one replica is seen on another', async () => {
  const { tenant, visitorId, agent, id, post } = await startConversation()
  const other = await chat.replica()
  const seen = follow(await chat.visitor(tenant, visitorId, other.url), { conversationId: id })
  await settle(() => expect(seen.seqs()).toEqual([1]))
  await post(agent, 'm2')
  await settle(() => expect(seen.seqs()).toEqual([1, 2]))
  seen.stop()
  await other.stop()
})

test('with the broker away a replica goes on telling its own readers, and the others make it up from PostgreSQL', async () => {
  const { tenant, visitorId, agent, id, post } = await startConversation()
  const other = await chat.replica()
  const here = follow(agent, { conversationId: id })
  const there = follow(await chat.visitor(tenant, visitorId, other.url), { conversationId: id })
  const inboxThere = follow(await chat.staff(tenant, randomUUID(), 'agent', other.url), {})
  const lastInInbox = () => inboxThere.events.at(-1)
  await settle(() => expect([here.seqs(), there.seqs()]).toEqual([[1], [1]]))
  await settle(() => expect(lastInInbox()).toEqual({ type: 'reset', reason: 'connected' }))
  await chat.nats.restart(async () => {
    await post(agent, 'm2')
    await settle(() => expect(here.seqs()).toEqual([1, 2]))
  })
  await settle(() => expect(there.seqs()).toEqual([1, 2]), 15_000)
  await settle(
    () => expect(lastInInbox()).toMatchObject({ type: 'conversation', conversation: { id, lastSeq: 2 } }),
    15_000,
  )
  expect(inboxThere.errors).toEqual([])
  await post(agent, 'm3')
  await settle(
    () =>
      expect([here.seqs(), there.seqs()]).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]),
    15_000,
  )
  here.stop()
  there.stop()
  inboxThere.stop()
  await other.stop()
})

test('a message to twenty readers is encoded once where it was posted, and read and encoded once elsewhere', async () => {
  const { tenant, visitor, agent, id, post } = await startConversation()
  const other = await chat.replica()
  const elsewhere = await chat.staff(tenant, randomUUID(), 'agent', other.url)
  const readers = Array.from({ length: 20 }, (_, n) =>
    follow(n % 2 ? agent : elsewhere, { conversationId: id }),
  )
  const allSaw = (seqs: number[]) =>
    settle(() => readers.forEach((reader) => expect(reader.seqs()).toEqual(seqs)))
  await allSaw([1])
  const [parse, stringify] = [vi.spyOn(JSON, 'parse'), vi.spyOn(JSON, 'stringify')]
  try {
    await post(visitor, 'told to many')
    await allSaw([1, 2])
    const read = parse.mock.calls.filter(([text]) => text.startsWith('{"from":'))
    const encoded = stringify.mock.calls.filter(([value]) => (value as LiveEvent)?.type === 'message')
    expect([read.length, encoded.length]).toEqual([1, 2])
  } finally {
    parse.mockRestore()
    stringify.mockRestore()
  }
  readers.forEach((reader) => reader.stop())
  await other.stop()
})

test('typing that changes fast is told by its first and its last word', async () => {
  const { visitor, agent, id } = await startConversation()
  const seen = follow(agent, { conversationId: id })
  await settle(() => expect(seen.seqs()).toEqual([1]))
  for (let n = 1; n <= 30; n++) await visitor.setTyping.mutate({ conversationId: id, typing: n % 2 === 1 })
  const told = () => seen.events.flatMap((event) => (event.type === 'typing' ? [event.typing] : []))
  await settle(() => {
    expect(told()[0]).toBe(true)
    expect(told().at(-1)).toBe(false)
  })
  expect(told().length).toBeLessThan(30)
  seen.stop()
})

test('staff see new conversations appear in the inbox', async () => {
  const tenant = randomUUID()
  const inbox = follow(await chat.staff(tenant), {})
  await settle(() => expect(inbox.events).toEqual([{ type: 'reset', reason: 'connected' }]))
  const { conversation } = await (
    await chat.visitor(tenant)
  ).startConversation.mutate({ name: 'Ida', text: 'Hello' })
  await settle(() =>
    expect(inbox.events.at(-1)).toMatchObject({
      type: 'conversation',
      conversation: { id: conversation.id },
    }),
  )
  inbox.stop()
})

test("another tenant's conversation cannot be followed", async () => {
  const { id } = await startConversation()
  const spy = follow(await chat.staff(randomUUID()), { conversationId: id })
  await settle(() => expect(spy.errors[0]).toMatchObject({ data: { reason: 'not-found' } }))
})

test('a replica that stops tells its streams to connect again, and they go on elsewhere', async () => {
  const { tenant, visitorId, agent, id, post } = await startConversation()
  const other = await chat.replica()
  const seen = follow(await chat.visitor(tenant, visitorId, other.url), { conversationId: id })
  await settle(() => expect(seen.seqs()).toEqual([1]))
  await other.stop()
  await post(agent, 'm2')
  const resumed = follow(await chat.visitor(tenant, visitorId), { conversationId: id, lastEventId: '1' })
  await settle(() => expect(resumed.seqs()).toEqual([2]))
  expect(seen.errors).toEqual([])
  seen.stop()
  resumed.stop()
})
