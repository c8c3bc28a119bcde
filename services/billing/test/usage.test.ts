import { randomUUID } from 'node:crypto'
import { conversationStarted, messagePosted } from '@candor/contracts/chat/events'
import { day } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buy } from './buy.ts'
import { startTestBilling } from './start-billing.ts'
import type { TestBilling } from './start-billing.ts'

let billing: TestBilling
beforeAll(async () => {
  billing = await startTestBilling({ start: '2026-11-21T10:00:00Z' })
})
afterAll(() => billing[Symbol.asyncDispose]())

test('an event counts once, however often it is delivered', async () => {
  const tenantId = randomUUID()
  const conversationId = randomUUID()
  const started = { id: randomUUID(), tenantId, payload: { conversationId } }
  const posted = {
    id: randomUUID(),
    tenantId,
    payload: { conversationId, messageId: randomUUID(), seq: 1, isNotice: false },
  }
  for (const _ of [1, 2, 3]) {
    await billing.announce(conversationStarted, started)
    await billing.announce(messagePosted, posted)
  }
  await billing.announce(messagePosted, { ...posted, id: randomUUID() })
  const owner = await billing.staff(tenantId)
  await settle(async () => expect((await owner.getUsage.query()).messages.used).toBe(2))
  expect((await owner.getUsage.query()).conversations).toEqual({ used: 1, included: 100 })
})

test('an event counts in the period in which it happened, however late it is delivered', async () => {
  const tenantId = randomUUID()
  const owner = await billing.staff(tenantId)
  await owner.getSubscription.query()
  const duringTrial = billing.clock.now()
  billing.clock.advance(day)
  await buy(billing, tenantId)
  billing.clock.advance(1_000)
  const start = (occurredAt: Date) =>
    billing.announce(conversationStarted, { tenantId, occurredAt, payload: { conversationId: randomUUID() } })
  await start(duringTrial)
  await start(billing.clock.now())
  await start(billing.clock.now())
  await settle(async () =>
    expect((await owner.getUsage.query()).conversations).toEqual({ used: 2, included: 500 }),
  )
  const counted = await billing.rows(
    'select plan_id, conversations from usage join terms on term_id = id where usage.tenant_id = $1 order by 1',
    [tenantId],
  )
  expect(counted).toEqual([
    { plan_id: 'starter', conversations: 2 },
    { plan_id: 'trial', conversations: 1 },
  ])
})
