import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startPostgres } from '@candor/local/servers/postgres-server'
import type { PostgresServer } from '@candor/local/servers/postgres-server'
import { postgresVariable } from '@candor/testing/postgres-setup'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { watchConversation } from '../story/watch.ts'

const folder = guardedFolder('outage')
const dataDir = join(folder.path, 'postgres')
let postgres: PostgresServer
let stack: Stack
const shared = process.env[postgresVariable]
beforeAll(async () => {
  postgres = await startPostgres({ dataDir })
  folder.guard(postgres.pid)
  process.env[postgresVariable] = postgres.url
  stack = await startStack()
})
afterAll(async () => {
  process.env[postgresVariable] = shared
  await stack[Symbol.asyncDispose]()
  await postgres.stop()
  await folder[Symbol.asyncDispose]()
})

async function startChat() {
  const anyone = clientsOf(stack.url)
  const owner = await anyone.identity.signUp.mutate({
    name: 'Olga',
    email: `${randomUUID()}@example.org`,
    country: 'DE',
    company: 'Outage Ltd',
    password: 'a long and unusual pass phrase',
  })
  const session = await anyone.identity.startVisitorSession.mutate({ widgetKey: owner.business.widgetKey })
  const asVisitor = clientsOf(stack.url, session.accessToken)
  const { conversation } = await asVisitor.chat.startConversation.mutate({ text: 'm1' })
  const post = (text: string) =>
    asVisitor.chat.postMessage.mutate({
      conversationId: conversation.id,
      clientMessageId: randomUUID(),
      text,
    })
  return {
    asOwner: clientsOf(stack.url, owner.accessToken),
    asVisitor,
    conversationId: conversation.id,
    post,
  }
}

test('with the broker gone, messages are stored and answered; once it is back, streams and events have them all', async () => {
  const { asOwner, conversationId, post } = await startChat()
  const seen = watchConversation(asOwner, conversationId)
  await settle(() => expect(seen.seqs()).toEqual([1]))
  await stack.nats.restart(async () => {
    for (const text of ['m2', 'm3']) await post(text)
    const needsIdentity = await clientsOf(stack.url)
      .privacy.getNotice.query({ business: 'outage-ltd' })
      .catch((err) => err)
    expect(needsIdentity.data).toMatchObject({ reason: 'unavailable', retryable: true, httpStatus: 503 })
  })
  await settle(() => expect(seen.texts()).toEqual(['m1', 'm2', 'm3']), 20_000)
  await settle(async () => expect((await asOwner.billing.getUsage.query()).messages.used).toBe(3), 30_000)
  seen.stop()
})

test('with chat away, a live stream is refused by what stands before it, and comes back by itself with no gap and no repeat', async () => {
  const { asOwner, conversationId, post } = await startChat()
  const seen = watchConversation(asOwner, conversationId)
  await post('m2')
  await settle(() => expect(seen.seqs()).toEqual([1, 2]))
  using fetching = vi.spyOn(globalThis, 'fetch')
  await stack.stop('chat')
  const answers = () => fetching.mock.settledResults.map(({ value }) => value?.status)
  await settle(() => expect(answers()).toContain(503))
  await stack.start('chat')
  for (const text of ['m3', 'm4']) await post(text)
  await settle(() => expect(seen.texts()).toEqual(['m1', 'm2', 'm3', 'm4']))
  await post('m5')
  await settle(() => expect(seen.seqs()).toEqual([1, 2, 3, 4, 5]))
  seen.stop()
})

test('with PostgreSQL killed, calls fail as retryable within their deadline; all that was acknowledged is there when it is back', async () => {
  const { asOwner, asVisitor, conversationId, post } = await startChat()
  const acknowledged: string[] = []
  let going = true
  const writing = (async () => {
    for (let n = 2; going; n++) {
      const startedAt = performance.now()
      const outcome = await post(`m${n}`).then(
        ({ text }) => void acknowledged.push(text),
        (err) => err.data,
      )
      expect(performance.now() - startedAt).toBeLessThan(10_000)
      if (outcome) expect(outcome).toMatchObject({ reason: 'unavailable', retryable: true })
    }
  })()
  await settle(() => expect(acknowledged.length).toBeGreaterThan(5))
  process.kill(postgres.pid, 'SIGKILL')
  await postgres.exited
  const read = await asVisitor.chat.listMessages.query({ conversationId }).catch((err) => err.data)
  expect(read).toMatchObject({ reason: 'unavailable', retryable: true })
  postgres = await startPostgres({ dataDir, port: postgres.port })
  folder.guard(postgres.pid)
  const before = acknowledged.length
  await settle(() => expect(acknowledged.length).toBeGreaterThan(before + 3), 20_000)
  going = false
  await writing

  const { messages } = await asOwner.chat.listMessages.query({ conversationId, afterSeq: 0, limit: 200 })
  const texts = messages.map(({ text }) => text)
  expect(acknowledged.slice(0, 150).filter((text) => !texts.includes(text))).toEqual([])
  expect(new Set(texts).size).toBe(texts.length)
  await settle(() => asOwner.identity.me.query(), 20_000)
})
