import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PrivacyRouter } from '@candor/contracts/privacy'
import { freePorts } from '@candor/local/processes/free-port'
import { startLine } from '@candor/testing/line'
import { settle } from '@candor/testing/settle'
import { createTRPCClient, httpLink } from '@trpc/client'
import { expect, test } from 'vitest'
import { keeping } from './edited.ts'
import { startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'
import { startProcess } from './start-process.ts'
import { startReader } from './start-reader.ts'

type Client = Awaited<ReturnType<TestPrivacy['staff']>>

async function publish(client: Client, months: number) {
  return client.publishPolicy.mutate(await prepare(client, months))
}

/** A draft and its confirmation: counting what goes needs every service. */
async function prepare(client: Client, months: number) {
  await client.savePolicyDraft.mutate({ pack: 'candor', policy: keeping({ months }) })
  const { confirmation } = await client.previewPolicy.query()
  return { confirmation: confirmation!.token }
}

const marked = (privacy: TestPrivacy) =>
  settle(async () => {
    const [row] = await privacy.query(
      'select from rules_feed where published_revision is distinct from revision',
    )
    expect(row).toBeUndefined()
  })

test('what was committed by a process that was killed before it could put it reaches every service', async () => {
  await using privacy = await startTestPrivacy()
  await using reader = await startReader(privacy)
  await using line = await startLine(privacy.config.NATS_URL)
  await privacy.stop()
  const [HTTP_PORT] = await freePorts(1)
  const child = startProcess({ ...privacy.config, HTTP_PORT, NATS_URL: line.url }, 0)
  try {
    const client = createTRPCClient<PrivacyRouter>({
      links: [
        httpLink({
          url: `http://127.0.0.1:${HTTP_PORT}/trpc/privacy`,
          headers: { authorization: `Bearer ${await privacy.ownerToken('shop')}` },
        }),
      ],
    })
    await settle(() => client.getPolicyDraft.query())
    const prepared = await prepare(client, 6)
    line.unplug()
    await client.publishPolicy.mutate(prepared)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  // The process that was killed had the real clock.
  privacy.clock.advance(600_000)
  expect(await reader.periodOf('shop')).toEqual({ months: 12 })
  await privacy.restart()
  await settle(async () => expect(await reader.periodOf('shop')).toEqual({ months: 6 }))
  await marked(privacy)
}, 60_000)

test('what was put by a process that could not record it any more is not put twice', async () => {
  await using privacy = await startTestPrivacy()
  await using reader = await startReader(privacy)
  await publish(await privacy.staff('shop', 'owner'), 6)
  await settle(async () => expect(await reader.periodOf('shop')).toEqual({ months: 6 }))
  await marked(privacy)
  const { revision } = await reader.of('shop')
  await privacy.query('update rules_feed set published_revision = null')
  await marked(privacy)
  await using late = await startReader(privacy)
  expect((await late.of('shop')).revision).toBe(revision)
})

test('a broker that lost its store is given the rules of every business again', async () => {
  await using privacy = await startTestPrivacy()
  await publish(await privacy.staff('shop', 'owner'), 6)
  await publish(await privacy.staff('rival', 'owner'), 3)
  await marked(privacy)
  await privacy.nats.restart((storeDir) => rm(join(storeDir, 'jetstream'), { recursive: true }))
  await using late = await startReader(privacy)
  await settle(async () => expect(await late.periodOf('shop')).toEqual({ months: 6 }))
  await settle(async () => expect(await late.periodOf('rival')).toEqual({ months: 3 }))
}, 60_000)

test('two replicas put side by side, and the last version stays', async () => {
  await using privacy = await startTestPrivacy()
  await privacy.startReplica()
  await using reader = await startReader(privacy)
  const owner = await privacy.staff('shop', 'owner')
  for (const months of [11, 10, 9, 8, 7]) await publish(owner, months)
  await settle(async () => expect(await reader.periodOf('shop')).toEqual({ months: 7 }))
  await marked(privacy)
  await using late = await startReader(privacy)
  expect(await late.periodOf('shop')).toEqual({ months: 7 })
  expect(await privacy.metrics()).toMatch(/privacy_rules_unpublished\S* 0/)
})
