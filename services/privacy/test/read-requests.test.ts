import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

test('a person sees all requests of their proven address and no others', async () => {
  const first = await privacy.prove('access', 'ada@example.org')
  const second = await privacy.prove('access', 'ada@example.org')
  const other = await privacy.prove('access', 'bob@example.org')
  const unproven = await privacy
    .as()
    .openRequest.mutate({ business: 'shop', kind: 'access', email: 'ada@example.org' })

  const own = await first.client.listRequests.query()
  expect(own.map(({ id }) => id)).toEqual([second.request.id, first.request.id])
  expect(await first.client.getRequest.query({ requestId: second.request.id })).toMatchObject({
    state: 'in-progress',
  })
  for (const requestId of [other.request.id, unproven.id]) {
    expect(await refusal(first.client.getRequest.query({ requestId }))).toBe('not-found')
    expect(await refusal(first.client.getAccessAnswer.query({ requestId }))).toBe('not-found')
    expect(await refusal(first.client.getReceipt.query({ requestId }))).toBe('not-found')
  }
})

test('the same address at another business is another person', async () => {
  const shop = await privacy.prove('access', 'eve@example.org', 'shop')
  const rival = await privacy.prove('access', 'eve@example.org', 'rival')
  expect(await shop.client.listRequests.query()).toHaveLength(1)
  expect(await refusal(shop.client.getRequest.query({ requestId: rival.request.id }))).toBe('not-found')
  const people = await privacy.query(
    'select distinct person_id, address_hash from sealed_addresses where request_id = any($1)',
    [[shop.request.id, rival.request.id]],
  )
  expect(people).toHaveLength(2)
})

test('owners and admins see the requests to their business without addresses, agents none, another business none', async () => {
  const { request } = await privacy.prove('access', 'ida@example.org')
  for (const role of ['owner', 'admin'] as const) {
    const staff = await privacy.staff('shop', role)
    const listed = await staff.listRequests.query()
    expect(listed.map(({ id }) => id)).toContain(request.id)
    expect(JSON.stringify(listed)).not.toContain('@')
    expect(await staff.getRequest.query({ requestId: request.id })).toMatchObject({ id: request.id })
    const rival = await privacy.staff('rival', role)
    expect(await refusal(rival.getRequest.query({ requestId: request.id }))).toBe('not-found')
    expect((await rival.listRequests.query()).map(({ id }) => id)).not.toContain(request.id)
    expect(await refusal(staff.getAccessAnswer.query({ requestId: request.id }))).toBe('forbidden')
  }
  const agent = await privacy.staff('shop', 'agent')
  expect(await refusal(agent.listRequests.query())).toBe('forbidden')
  expect(await refusal(privacy.as().listRequests.query())).toBe('not-signed-in')
})
