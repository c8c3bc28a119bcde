import { randomUUID } from 'node:crypto'
import { day } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { jetstream } from '@nats-io/jetstream'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let blocksAccess = true
let identity: TestIdentity
beforeAll(async () => {
  identity = await startTestIdentity(
    {},
    { awarenessOf: async () => ({ every: { months: 12 }, blocksAccess }) },
  )
})
afterAll(() => identity[Symbol.asyncDispose]())

test('who is overdue with the briefing gets tokens that open no personal data, until it is acknowledged', async () => {
  const { user, business } = await identity.signUp()
  const isLimited = async () => {
    const { accessToken } = await identity.anyone.signIn.mutate({ email: user.email, password })
    return decodeJwt(accessToken).unbriefed === true
  }
  expect(await isLimited()).toBe(false)
  identity.clock.advance(7 * day)
  expect(await isLimited()).toBe(true)
  blocksAccess = false
  expect(await isLimited()).toBe(false)
  blocksAccess = true

  const id = randomUUID()
  const envelope = {
    id,
    type: 'privacy.briefing-acknowledged',
    tenantId: business.id,
    streamKey: user.id,
    subjectId: user.id,
    occurredAt: identity.clock.now().toISOString(),
    traceparent: null,
    payload: { userId: user.id },
  }
  const nats = await identity.nats.connect('privacy')
  await jetstream(nats).publish('events.privacy.briefing-acknowledged', JSON.stringify(envelope), {
    msgID: id,
  })
  await settle(async () => expect(await isLimited()).toBe(false))
  identity.clock.advance(366 * day)
  expect(await isLimited()).toBe(true)
})
