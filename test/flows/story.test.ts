import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { settle } from '@candor/testing/settle'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { isGone } from '../story/6-erasure.ts'
import { startLine } from '@candor/testing/line'
import { openMailbox } from '../story/mailbox.ts'
import { playStory } from '../story/story.ts'
import { createWorld } from '../story/world.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack[Symbol.asyncDispose]())

test("a visitor's chat goes from first click to erased through all five services, and neither a restart nor every event told again brings it back", async () => {
  await using line = await startLine(stack.url)
  const world = createWorld({ url: stack.url, mailbox: openMailbox(stack.url), line })
  const told: string[] = []
  const { staffed, started } = await playStory(world, async (title, play) => {
    const outcome = await play()
    told.push(title)
    return outcome
  })
  expect(told).toHaveLength(6)

  for (const service of services) await stack.stop(service)
  // Transcripts forgets what it has handled, and the broker all it had: chat's outbox tells everything once more.
  await run('transcripts', 'truncate inbox')
  await stack.nats.restart((storeDir) => rm(join(storeDir, 'jetstream'), { recursive: true }))
  // Side by side: none opens before it has read the ledger of erasures, which privacy fills again.
  await Promise.all(services.map((service) => stack.start(service)))
  const { rows } = await run('chat', "select id from outbox where type = 'chat.conversation-closed'")
  await settle(async () => {
    const handled = await run(
      'transcripts',
      `select from inbox where event_id = any('{${rows.map(({ id }) => id)}}')`,
    )
    expect(handled.rowCount).toBe(2)
  }, 20_000)
  await isGone(world, staffed, started)
})

async function run(service: 'chat' | 'transcripts', statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: stack.databases[service].superuserUrl })
  await client.connect()
  try {
    return await client.query(statement)
  } finally {
    await client.end()
  }
}
