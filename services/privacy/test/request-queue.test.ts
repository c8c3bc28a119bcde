import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy({ start: '2026-01-31T12:00:00.000Z' })
})
afterAll(() => privacy[Symbol.asyncDispose]())

test('each kind is due when the notice says, counted from proof', async () => {
  const due = async (kind: 'access' | 'ccpa-know' | 'ccpa-opt-out') =>
    (await privacy.prove(kind, 'due@example.org')).request.dueAt!.slice(0, 10)
  expect([await due('access'), await due('ccpa-know'), await due('ccpa-opt-out')]).toEqual([
    '2026-02-28',
    '2026-03-17',
    '2026-02-15',
  ])
  privacy.rules.rights.access = { within: { days: 10 }, extension: null }
  expect(await due('access')).toBe('2026-02-10')
})

test('a time limit is extended once, before it is over, as the notice allows, and the requester is told why', async () => {
  const { request } = await privacy.prove('portability', 'long@example.org')
  const admin = await privacy.staff('shop', 'admin')
  const extension = { requestId: request.id, reason: 'Many records' }
  const extended = await admin.extendRequest.mutate(extension)
  expect(extended).toMatchObject({ extension: { reason: 'Many records' } })
  expect(extended.dueAt!.slice(0, 10)).toBe('2026-04-28')
  expect(await refusal(admin.extendRequest.mutate(extension))).toBe('conflict')
  await expect
    .poll(async () =>
      (await Promise.all(privacy.mailbox.letters.map(({ mail }) => mail))).map((mail) => mail.text),
    )
    .toContainEqual(expect.stringMatching(/answered by 2026-04-28[^]*Many records/))
  const other = (await privacy.prove('access', 'short@example.org')).request
  expect(await refusal(admin.extendRequest.mutate({ ...extension, requestId: other.id }))).toBe('conflict')
  const late = (await privacy.prove('portability', 'late@example.org')).request
  privacy.clock.set(late.dueAt!)
  const later = await privacy.staff('shop', 'admin')
  expect(await refusal(later.extendRequest.mutate({ ...extension, requestId: late.id }))).toBe('conflict')
})

test('the queue is filtered by state, kind and what is overdue, and read page by page', async () => {
  const admin = await privacy.staff('shop', 'owner')
  const all = await admin.listRequests.query()
  const kinds = await admin.listRequests.query({ kinds: ['portability'] })
  expect(kinds.map(({ kind }) => kind)).toEqual(['portability', 'portability'])
  expect((await admin.listRequests.query({ states: ['completed'] })).map(({ state }) => state)).not.toContain(
    'in-progress',
  )
  const overdue = await admin.listRequests.query({ overdue: true })
  expect(overdue.length).toBeGreaterThan(0)
  expect(overdue.every(({ dueAt }) => dueAt! < privacy.clock.now().toISOString())).toBe(true)
  const first = await admin.listRequests.query({ limit: 2 })
  const rest = await admin.listRequests.query({ beforeId: first.at(-1)!.id })
  expect([...first, ...rest]).toEqual(all)
})
