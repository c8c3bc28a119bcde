import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceName } from '@candor/contracts/callers'
import { restoreSnapshot, takeSnapshot } from '@candor/events/snapshots'
import { streamDefinitions } from '@candor/events/stream-definitions'
import { jetstreamManager } from '@nats-io/jetstream'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { searchEverywhere } from '../conformance/search-everywhere.ts'
import { closedChat, newPerson, openBusiness, proveRequest } from '../conformance/world.ts'
import type { OpenPlace } from '../conformance/world.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import type { Clients } from '../story/clients.ts'
import { refusal } from '../story/expect.ts'
import { openMailbox } from '../story/mailbox.ts'
import { until } from '../story/until.ts'
import { isTold } from './is-told.ts'

let stack: Stack
let world: OpenPlace
beforeAll(async () => {
  stack = await startStack()
  const databases = (service: ServiceName) => ({ [service]: stack.databases[service].superuserUrl })
  const platform = {
    url: stack.url,
    mailbox: openMailbox(stack.url),
    now: stack.clock.now,
    search: async (words: readonly string[]) =>
      (
        await Promise.all(
          restored.map((service) =>
            searchEverywhere({ databases: databases(service), folders: {}, log: () => '' }, words),
          ),
        )
      ).flat(),
  }
  world = { ...platform, pack: 'candor', business: await openBusiness(platform) }
})
afterAll(() => stack[Symbol.asyncDispose]())

const restored = ['chat', 'transcripts', 'identity', 'privacy'] as const

async function backUp(service: ServiceName) {
  await stack.stop(service)
  const restore = await stack.databases[service].backUp()
  await stack.start(service)
  return async () => {
    await stack.stop(service)
    await restore()
  }
}

/** Whoever asks between the start of a service and its readiness. */
async function askWhileStarting(service: ServiceName, between: (start: Promise<void>) => Promise<void>) {
  const blocker = new pg.Client(stack.databases[service].superuserUrl)
  await blocker.connect()
  await blocker.query('begin')
  await blocker.query('lock table tombstones in access exclusive mode')
  const started = stack.start(service)
  try {
    await between(started)
  } finally {
    await blocker.query('rollback')
    await blocker.end()
  }
  await started
}

const readAs = ({ chat, transcripts }: Clients, service: 'chat' | 'transcripts', conversationId: string) =>
  service === 'chat'
    ? chat.listMessages.query({ conversationId })
    : transcripts.getTranscript.query({ conversationId })

test('a service whose database is restored from before an erasure serves nobody until the person is gone from it again', async () => {
  const person = newPerson()
  const other = newPerson()
  const { conversationId } = await closedChat(world, person)
  const { conversationId: others } = await closedChat(world, other)
  const restore = new Map<ServiceName, () => Promise<void>>()
  for (const service of restored) restore.set(service, await backUp(service))

  const erasure = await proveRequest(world, 'erasure', person.email)
  await erasure.reached('completed')
  await until('the ledger to tell it', () => isTold(stack, erasure.requestId))
  expect(await world.search(person.words)).toEqual([])

  for (const service of ['chat', 'transcripts'] as const) {
    await restore.get(service)!()
    expect(await world.search([person.text])).not.toEqual([])
    await askWhileStarting(service, async () => {
      await until('the start', async () => (await stack.ready(service)).startsWith('waiting for'))
      const call = readAs(await world.business.agent(), service, conversationId)
      await expect(call).rejects.toThrow()
    })
    expect(await stack.ready(service)).toBe('ready')
    expect(await world.search(person.words)).toEqual([])
  }
  const agent = await world.business.agent()
  for (const service of ['chat', 'transcripts'] as const)
    expect(await refusal('it', readAs(agent, service, conversationId))).toBe('not-found')
  expect(await agent.transcripts.getTranscript.query({ conversationId: others })).toMatchObject({
    contact: { email: other.email },
  })

  for (const service of ['identity', 'privacy'] as const) {
    await restore.get(service)!()
    await stack.start(service)
  }
  expect(await world.search(person.words)).toEqual([])
  expect(await isTold(stack, erasure.requestId)).toBe(true)
})

test('where the broker has lost the ledger too, a restored service waits until privacy has filled it again', async () => {
  const person = newPerson()
  await closedChat(world, person)
  const restore = await backUp('chat')
  const erasure = await proveRequest(world, 'erasure', person.email)
  await erasure.reached('completed')
  await until('the ledger to tell it', () => isTold(stack, erasure.requestId))
  await stack.stop('privacy')
  await restore()
  await stack.nats.restart(async (storeDir) => {
    await rm(storeDir, { recursive: true, force: true })
  })
  const started = stack.start('chat')
  await until('the start', async () => (await stack.ready('chat')).startsWith('waiting for'))
  await stack.start('privacy')
  await started
  expect(await world.search(person.words)).toEqual([])
})

test('where everything is lost at once, who was erased between the copies of databases and of the streams is erased again', async () => {
  const [early, late] = [newPerson(), newPerson()]
  for (const person of [early, late]) await closedChat(world, person)
  const erase = async (email: string) => {
    const erasure = await proveRequest(world, 'erasure', email)
    await erasure.reached('completed')
    await until('the ledger to tell it', () => isTold(stack, erasure.requestId))
    return erasure.requestId
  }
  const folder = await mkdtemp(join(tmpdir(), 'candor-lost-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const copyStreams = async () =>
    takeSnapshot(await stack.nats.connect('backup'), { folder, keep: 1, now: new Date() })
  const bringBackStreams = async () => {
    const admin = await stack.nats.connect('admin')
    const manager = await jetstreamManager(admin)
    for (const { name } of streamDefinitions({ replicas: 1 }).streams) await manager.streams.delete(name)
    await restoreSnapshot(admin, { folder, name: undefined, now: new Date() })
  }

  // Copies of the databases first: the ledger's own copy is the younger one, and has what privacy's lacks.
  const ofChat = await backUp('chat')
  const ofPrivacy = await backUp('privacy')
  const earlyId = await erase(early.email)
  await copyStreams()
  await Promise.all((['chat', 'privacy'] as const).map((service) => stack.stop(service)))
  await bringBackStreams()
  await ofChat()
  await ofPrivacy()
  expect(await world.search([early.text])).not.toEqual([])
  await Promise.all((['chat', 'privacy'] as const).map((service) => stack.start(service)))
  expect(await world.search(early.words)).toEqual([])
  expect(await isTold(stack, earlyId)).toBe(true)

  // Then the other way round: what privacy knows is missing in the streams' copy, which says of itself that it is complete.
  const ofChatAgain = await backUp('chat')
  await erase(late.email)
  await stack.stop('privacy')
  await bringBackStreams()
  await ofChatAgain()
  const started = stack.start('chat')
  await until('the start', async () => (await stack.ready('chat')).startsWith('waiting for'))
  expect(await world.search([late.text])).not.toEqual([])
  await stack.start('privacy')
  await started
  expect(await world.search(late.words)).toEqual([])
})

test('an account that its owner had removed does not come back with a restored database', async () => {
  const business = await openBusiness(world)
  const agent = await business.agent()
  const { user } = await agent.identity.me.query()
  const restore = await backUp('identity')
  const { id } = await agent.privacy.openRequest.mutate({ business: business.slug, kind: 'erasure' })
  await until('the account to be gone', () => isTold(stack, id))
  await restore()
  await stack.start('identity')
  expect(await world.search([user.email])).toEqual([])
})
