import { randomUUID } from 'node:crypto'
import { some } from '@candor/testing/long-form'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Procedure } from './memory-holder.ts'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

const steps: Procedure[] = ['locateSubject', 'hideSubject', 'eraseSubject', 'searchResidue']
let count = 0

/** A person of whom each of the four services holds two rows. */
function makePerson() {
  const tenantId = privacy.business('shop').id
  const email = `person-${++count}@example.org`
  const visitorId = randomUUID()
  for (const holder of Object.values(privacy.holders)) {
    holder.rows.push(
      { tenantId, email, visitorId, text: 'one' },
      { tenantId, email: '', visitorId, text: 'two' },
    )
    holder.calls = []
    holder.effects = []
  }
  return { email, visitorId }
}

function isLeft(email: string, visitorId: string): boolean {
  return Object.values(privacy.holders).some(({ rows }) =>
    rows.some((row) => row.email === email || row.visitorId === visitorId),
  )
}

test('an erasure hides, erases and searches in every service and ends with a receipt of what was done and what stays', async () => {
  const { email, visitorId } = makePerson()
  const bystander = {
    tenantId: privacy.business('shop').id,
    email: 'other@example.org',
    visitorId: randomUUID(),
    text: 'mine',
  }
  privacy.holders.chat.rows.push(bystander)
  const { client, request } = await privacy.prove('erasure', email)
  const completed = await privacy.completed(client, request.id)

  expect(completed.hasReceipt).toBe(true)
  expect(completed.progress.map(({ done }) => done)).toEqual(
    Array.from({ length: 5 }, () => ['hidden', 'erased', 'verified']),
  )
  expect(completed.history.map(({ what }) => what)).toEqual([
    'Request opened',
    'Address proven',
    'Found what every service holds',
    'Hidden in every service',
    'Erased in every service',
    'Searched every service and found nothing left',
    'Receipt issued',
  ])
  expect(isLeft(email, visitorId)).toBe(false)
  expect(privacy.holders.chat.rows).toContain(bystander)

  const { receipt } = await client.getReceipt.query({ requestId: request.id })
  const chat = receipt.services.find(({ service }) => service === 'chat')!
  expect(chat.erased).toEqual([{ table: 'rows', action: 'deleted', rows: 2 }])
  const own = receipt.services.find(({ service }) => service === 'privacy')!
  expect(own.erased).toEqual([{ table: 'sealed_addresses', action: 'deleted', rows: 1 }])
  expect(own.kept).toEqual([
    expect.objectContaining({
      table: 'requests',
      category: 'rights-requests',
      rows: 1,
      until: expect.any(String),
    }),
    expect.objectContaining({ table: 'tombstones', rows: 2, until: null }),
  ])
  expect(JSON.stringify(receipt)).not.toMatch(new RegExp(`${email}|${visitorId}`))
})

test('with the receipt the sealed identifiers are gone, and the token still opens the request and its receipt', async () => {
  const { email } = makePerson()
  const earlier = await privacy.prove('access', email)
  const unproven = await privacy.as().openRequest.mutate({ business: 'shop', kind: 'access', email })
  const { proof } = await privacy.mailbox.readProof(unproven.id)
  const request = await earlier.client.openRequest.mutate({ business: 'shop', kind: 'erasure' })
  await privacy.completed(earlier.client, request.id)

  const ids = [earlier.request.id, unproven.id, request.id]
  for (const table of ['sealed_addresses', 'erasures', 'saga_queue']) {
    const left = await privacy.query(`select from ${table} where request_id = any($1)`, [ids])
    expect({ table, left }).toEqual({ table, left: [] })
  }
  expect(await refusal(privacy.as().proveIdentity.mutate({ requestId: unproven.id, proof }))).toBe('expired')
  expect(await earlier.client.listRequests.query()).toHaveLength(2)
  expect(await earlier.client.getReceipt.query({ requestId: request.id })).toMatchObject({
    receipt: { requestId: request.id },
  })

  const answer = await earlier.client.getAccessAnswer.query({ requestId: earlier.request.id })
  const left = answer.services.flatMap(({ service, holdings }) =>
    holdings.map(({ table }) => `${service}.${table}`),
  )
  expect(left).toEqual(['privacy.requests', 'privacy.receipts'])
  expect(await refusal(earlier.client.openRequest.mutate({ business: 'shop', kind: 'access' }))).toBe(
    'bad-input',
  )
})

test('who comes back after an erasure is another person and sees nothing of the first', async () => {
  const { email } = makePerson()
  const first = await privacy.prove('erasure', email)
  await privacy.completed(first.client, first.request.id)
  const second = await privacy.prove('access', email)
  expect(await second.client.listRequests.query()).toHaveLength(1)
  expect(await refusal(second.client.getReceipt.query({ requestId: first.request.id }))).toBe('not-found')
})

test('whichever service is away at whichever step, nothing is completed before it is back, and then all of it', async () => {
  const cases = Object.values(privacy.holders).flatMap((holder) => steps.map((step) => ({ holder, step })))
  for (const { holder, step } of some(cases, 6)) {
    const { email, visitorId } = makePerson()
    holder.refusing.add(step)
    const { client, request } = await privacy.prove('erasure', email)
    await settle(() => {
      privacy.clock.advance(500)
      expect(holder.calls.filter((call) => call === step).length).toBeGreaterThan(1)
    })
    expect(await client.getRequest.query({ requestId: request.id })).toMatchObject({
      state: 'in-progress',
      hasReceipt: false,
    })
    expect(await refusal(client.getReceipt.query({ requestId: request.id }))).toBe('not-found')
    holder.refusing.clear()
    await privacy.completed(client, request.id, 500)
    expect(isLeft(email, visitorId), `${holder.service} ${step}`).toBe(false)
    expect(holder.effects).toEqual(['erased'])
  }
}, 120_000)

test('a service that is really gone holds an erasure up, and its return lets it go on', async () => {
  const { email } = makePerson()
  await privacy.holders.billing.leave()
  const { client, request } = await privacy.prove('erasure', email)
  await settle(async () =>
    expect(await privacy.metrics()).toMatch(/^privacy_erasure_failures_total{holder="billing".*} [1-9]/m),
  )
  expect(await client.getRequest.query({ requestId: request.id })).toMatchObject({ state: 'in-progress' })
  privacy.holders.billing.come()
  await privacy.completed(client, request.id, 500)
})

test('a service that has much to look through is given longer at each try', async () => {
  const { email } = makePerson()
  let searching = 0
  privacy.holders.chat.onCall = async (procedure) => {
    if (procedure !== 'searchResidue') return
    searching++
    // Longer than the first two tries wait: one and two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_200))
  }
  const { client, request } = await privacy.prove('erasure', email)
  // Slow enough for the lease, which is kept up in real time.
  await privacy.completed(client, request.id, 20)
  privacy.holders.chat.onCall = () => {}
  expect(searching).toBeGreaterThan(2)
})

test('stopping at any step and starting again finishes the erasure, each step effective once', async () => {
  for (const step of steps) {
    const { email, visitorId } = makePerson()
    let stopped: Promise<void> | undefined
    privacy.holders.chat.onCall = (procedure) => {
      if (procedure === step) stopped ??= privacy.stop()
    }
    const { request } = await privacy.prove('erasure', email)
    await settle(() => expect(stopped).toBeDefined())
    await stopped
    privacy.holders.chat.onCall = () => {}
    await privacy.restart()
    await privacy.completed(await privacy.subject(request.id), request.id)
    expect(isLeft(email, visitorId)).toBe(false)
    for (const holder of Object.values(privacy.holders)) {
      expect(holder.effects).toEqual(['erased'])
      for (const procedure of ['hideSubject', 'eraseSubject', 'searchResidue'] as const) {
        expect(
          holder.calls.filter((call) => call === procedure),
          `${holder.service} ${step}`,
        ).toHaveLength(1)
      }
    }
  }
}, 60_000)

test('of two replicas one drives an erasure', async () => {
  const second = await privacy.startReplica()
  for (let i = 0; i < 5; i++) {
    const { email } = makePerson()
    const { client, request } = await privacy.prove('erasure', email)
    await privacy.completed(client, request.id)
    for (const holder of Object.values(privacy.holders)) {
      expect(holder.calls.filter((call) => call === 'eraseSubject')).toHaveLength(1)
    }
  }
  await second.stop()
})

test('what is written late is found by the search and erased too before the receipt', async () => {
  const { email } = makePerson()
  privacy.holders.transcripts.lateWrites = 2
  const { client, request } = await privacy.prove('erasure', email)
  await privacy.completed(client, request.id)
  expect(privacy.holders.transcripts.rows.filter((row) => row.email === email)).toEqual([])
  expect(await privacy.metrics()).toContain(
    'privacy_erasure_residues_total{holder="transcripts",service="privacy"} 2',
  )
})

test('as long as the search finds something there is no receipt', async () => {
  const { email } = makePerson()
  privacy.holders.billing.lateWrites = Infinity
  const { client, request } = await privacy.prove('erasure', email)
  await settle(() => {
    privacy.clock.advance(1_000)
    expect(privacy.holders.billing.calls.filter((call) => call === 'eraseSubject').length).toBeGreaterThan(5)
  })
  expect(await refusal(client.getReceipt.query({ requestId: request.id }))).toBe('not-found')
  const [sealed] = await privacy.query('select sealed_subject from erasures where request_id = $1', [
    request.id,
  ])
  expect(sealed.sealed_subject.includes(Buffer.from(email))).toBe(false)
  privacy.holders.billing.lateWrites = 0
  await privacy.completed(client, request.id, 1_000)
})

test('a request past its month is counted until it is served', async () => {
  const { email } = makePerson()
  privacy.holders.chat.refusing.add('hideSubject')
  const { request } = await privacy.prove('erasure', email)
  const sample = async (name: string) =>
    Number(new RegExp(`${name}{.*} (\\S+)`).exec(await privacy.metrics())![1])
  const overdue = () => sample('privacy_requests_overdue')
  const before = await overdue()
  privacy.clock.set(request.dueAt!)
  privacy.clock.advance(1)
  expect(await overdue()).toBeGreaterThan(before)
  expect(await sample('privacy_request_seconds_left')).toBeLessThan(0)
  expect(await sample('privacy_saga_late_seconds')).toBeGreaterThanOrEqual(0)
  privacy.holders.chat.refusing.clear()
  await privacy.completed(await privacy.subject(request.id), request.id, 500)
})

test('an erasure stays open while a legal hold keeps a part of it, and ends by itself when the hold does', async () => {
  const { email, visitorId } = makePerson()
  const { chat } = privacy.holders
  const hold = { category: 'conversation', law: 'Court order 7', owner: 'Olga', until: null }
  chat.held = [{ table: 'rows', rows: 2, ...hold }]
  const { client, request } = await privacy.prove('erasure', email)
  await settle(() => expect(chat.calls).toContain('eraseSubject'))
  await settle(async () => {
    const { progress } = await client.getRequest.query({ requestId: request.id })
    const done = progress.filter(({ done: steps }) => steps.includes('erased')).map(({ service }) => service)
    expect(done.toSorted()).toEqual(['billing', 'identity', 'privacy', 'transcripts'])
  })
  expect(await client.getRequest.query({ requestId: request.id })).toMatchObject({
    state: 'in-progress',
    hasReceipt: false,
  })
  chat.held = []
  privacy.clock.advance(600_000)
  expect((await privacy.completed(client, request.id)).hasReceipt).toBe(true)
  expect(isLeft(email, visitorId)).toBe(false)
})
