import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

test('what retention will take is told to owners and admins, of every service or not at all', async () => {
  const expiring = {
    category: 'conversation',
    table: 'rows',
    rows: 7,
    oldest: '2026-01-01T00:00:00.000Z',
  }
  privacy.holders.chat.expiring = [expiring]
  privacy.holders.transcripts.expiring = [expiring]
  const owner = await privacy.staff('shop', 'owner')
  const asOf = '2027-12-01T00:00:00.000Z'
  expect(await owner.previewRetention.query({ asOf })).toEqual([
    { service: 'chat', ...expiring },
    { service: 'transcripts', ...expiring },
  ])
  privacy.holders.billing.refusing.add('countExpiring')
  expect(await refusal(owner.previewRetention.query({ asOf }))).toBe('unavailable')
  privacy.holders.billing.refusing.clear()
  const agent = await privacy.staff('shop', 'agent')
  expect(await refusal(agent.previewRetention.query({ asOf }))).toBe('forbidden')
})
