import { randomUUID } from 'node:crypto'
import { conversationClosed } from '@candor/contracts/chat/events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

let t: TestTranscripts
beforeAll(async () => void (t = await startTestTranscripts()))
afterAll(() => t[Symbol.asyncDispose]())

const close = async ({ tenantId, visitorId, conversationId }: ReturnType<typeof addConversation>) =>
  t.handled(await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }))
const restrict = async (
  { tenantId, visitorId }: ReturnType<typeof addConversation>,
  processing: 'everything' | 'mail-copies',
) => {
  const requestId = randomUUID()
  const subject = { tenantId, emails: [], visitorIds: [visitorId], userIds: [] }
  await t.asPrivacy.restrictSubject.mutate({ subject, requestId, processing: [processing] })
  return requestId
}

test('a restricted person is found by no search and read by nobody until released; what ended meanwhile is kept', async () => {
  const added = addConversation(t.world, { email: 'held@example.com', texts: ['needleword'] })
  const { tenantId, conversationId } = added
  const requestId = await restrict(added, 'everything')
  expect(await close(added)).toBe('applied')
  const staff = await t.staff(tenantId)
  expect((await staff.searchTranscripts.query({ query: 'needleword' })).hits).toEqual([])
  const notFound = { data: { reason: 'not-found' } }
  await expect(staff.getTranscript.query({ conversationId })).rejects.toMatchObject(notFound)
  await expect(staff.mailTranscript.mutate({ conversationId })).rejects.toMatchObject(notFound)
  expect(await t.lettersSent()).toBe(0)
  await t.asPrivacy.releaseSubject.mutate({ tenantId, requestId })
  expect((await staff.searchTranscripts.query({ query: 'needleword' })).hits).toHaveLength(1)
})

test('who objected to copies by mail gets none, and is read as before', async () => {
  const added = addConversation(t.world, { email: 'nocopy@example.com', texts: ['hello'] })
  const { tenantId, conversationId } = added
  await restrict(added, 'mail-copies')
  const before = await t.lettersSent()
  expect(await close(added)).toBe('applied')
  expect(await t.lettersSent()).toBe(before)
  const staff = await t.staff(tenantId)
  await staff.getTranscript.query({ conversationId })
  await expect(staff.mailTranscript.mutate({ conversationId })).rejects.toMatchObject({
    data: { reason: 'no-address' },
  })
})
