import { randomUUID } from 'node:crypto'
import { conversationClosed } from '@candor/contracts/chat/events'
import type { Channel } from '@candor/contracts/policy/categories'
import { imsupporting } from '@candor/policy/packs/imsupporting'
import { fixedPolicies } from '@candor/testing/fixed-policies'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

let t: TestTranscripts
beforeAll(async () => {
  t = await startTestTranscripts({ policies: fixedPolicies(() => imsupporting.policy) })
})
afterAll(() => t[Symbol.asyncDispose]())

async function archive(tenantId: string, channel: Channel) {
  const added = addConversation(t.world, { tenantId, channel, closedAt: '2026-11-21T11:00:00.000Z' })
  const { conversationId, visitorId } = added
  await t.handled(
    await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
  )
  return added
}

test('the channel stands with a transcript and narrows a search', async () => {
  const tenantId = randomUUID()
  const [chatted, mailed] = [await archive(tenantId, 'chat'), await archive(tenantId, 'mail')]
  const agent = await t.staff(tenantId)
  const found = async (input: { query?: string; channel?: Channel }) =>
    (await agent.searchTranscripts.query(input)).hits.map(({ conversationId, channel }) => [
      conversationId,
      channel,
    ])
  expect(await found({ channel: 'mail' })).toEqual([[mailed.conversationId, 'mail']])
  expect(await found({ channel: 'chat', query: 'anybody' })).toEqual([[chatted.conversationId, 'chat']])
  expect(await found({ channel: 'call' })).toEqual([])
  expect(await found({})).toHaveLength(2)
  const { conversationId } = mailed
  expect(await agent.getTranscript.query({ conversationId })).toMatchObject({ channel: 'mail' })
})

test('what came by mail, by phone or from elsewhere is not mailed to anybody, nor counted as a chat, nor shown in the chat', async () => {
  const tenantId = randomUUID()
  const sent = await t.lettersSent()
  const kinds = ['mail', 'call', 'social'] as const
  for (const channel of kinds) {
    const { conversationId, visitorId } = await archive(tenantId, channel)
    const visitor = await t.visitor(tenantId, visitorId)
    const notFound = { data: { reason: 'not-found' } }
    await expect(visitor.downloadTranscript.query({ conversationId })).rejects.toMatchObject(notFound)
    const rating = visitor.rateConversation.mutate({ conversationId, rating: 'good' })
    await expect(rating).rejects.toMatchObject(notFound)
  }
  expect(await t.lettersSent()).toBe(sent)
  const { days } = await (
    await t.staff(tenantId)
  ).getStatistics.query({ from: '2026-11-01', to: '2026-12-01' })
  expect(days).toEqual([])
})

test('a chat is gone from archive and search after twelve months, mail at the end of two years', async () => {
  const tenantId = randomUUID()
  t.clock.set('2026-11-21T12:00:00.000Z')
  await archive(tenantId, 'chat')
  const { conversationId } = await archive(tenantId, 'mail')
  const found = async (query: string) =>
    (await (await t.staff(tenantId)).searchTranscripts.query({ query })).hits.map((hit) => hit.conversationId)
  expect(await found('anybody')).toHaveLength(2)
  t.clock.set('2027-11-21T11:00:00.000Z')
  await settle(async () => expect(await found('anybody')).toEqual([conversationId]))
  t.clock.set('2028-11-20T11:00:00.000Z')
  expect(await found('anna')).toEqual([conversationId])
  t.clock.set('2028-11-21T10:59:59.999Z')
  expect(await found('anybody')).toEqual([conversationId])
  t.clock.set('2028-11-21T11:00:00.000Z')
  await settle(async () => expect(await found('anybody or anna')).toEqual([]))
  const { rows } = await t.sql.query('select from transcript_entries where tenant_id = $1', [tenantId])
  expect(rows).toEqual([])
})
