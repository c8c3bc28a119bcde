import { randomUUID } from 'node:crypto'
import { conversationClosed } from '@candor/contracts/chat/events'
import type { Message } from '@candor/contracts/chat/schemas'
import type { ChatStatistics, Measure } from '@candor/contracts/transcripts/statistics'
import { candor } from '@candor/policy/packs/candor'
import { fixedPolicies } from '@candor/testing/fixed-policies'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

let t: TestTranscripts
const policy = structuredClone(candor.policy)
beforeAll(async () => void (t = await startTestTranscripts({ policies: fixedPolicies(() => policy) })))
afterAll(() => t[Symbol.asyncDispose]())

type Added = ReturnType<typeof addConversation>
const announce = (added: Added) => {
  const { tenantId, visitorId, conversationId } = added
  return t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId })
}
const chat = async (tenantId: string, given: Parameters<typeof addConversation>[1] = {}) => {
  const added = addConversation(t.world, { tenantId, email: null, ...given })
  await t.handled(await announce(added))
  return added
}
const chats = async (tenantId: string, count: number) => {
  const added = []
  while (added.length < count) added.push(await chat(tenantId))
  return added
}
const read = async (tenantId: string) =>
  (await t.staff(tenantId)).getStatistics.query({ from: '2026-11-01', to: '2026-11-30' })
const counted = (statistics: ChatStatistics, measure: Measure) =>
  Object.fromEntries(
    statistics[measure].filter((each) => each.chats > 0).map(({ part, chats: number }) => [part, number]),
  )
const rate = async ({ tenantId, visitorId, conversationId }: Added, rating: 'good' | 'fair' | 'poor') =>
  (await t.visitor(tenantId, visitorId)).rateConversation.mutate({ conversationId, rating })
const stop = async ({ tenantId, visitorId }: Added, processing: 'everything' | 'statistics') => {
  const subject = { tenantId, emails: [], visitorIds: [visitorId], userIds: [] }
  await t.asPrivacy.restrictSubject.mutate({ subject, requestId: randomUUID(), processing: [processing] })
}

test('tells on which days chats began, and of five together when, how long and how soon answered', async () => {
  const tenantId = randomUUID()
  await chat(tenantId, { startedAt: '2026-11-16T09:30:00.000Z', texts: ['nobody?'] })
  await chat(tenantId, { startedAt: '2026-11-17T09:10:00.000Z' })
  await chat(tenantId, { startedAt: '2026-11-17T23:59:59.000Z', texts: ['', '', '', 'late'] })
  await chat(tenantId, { startedAt: '2026-11-18T09:10:00.000Z', texts: Array(20).fill('long') })
  await chat(tenantId, { startedAt: '2026-11-18T09:10:00.000Z' })
  const statistics = await read(tenantId)
  expect(statistics.days).toEqual([
    { day: '2026-11-16', chats: 1 },
    { day: '2026-11-17', chats: 2 },
    { day: '2026-11-18', chats: 2 },
  ])
  expect(counted(statistics, 'hour')).toEqual({ '09': 4, '23': 1 })
  expect(counted(statistics, 'weekday')).toEqual({ mon: 1, tue: 2, wed: 2 })
  expect(counted(statistics, 'answer')).toEqual({ never: 1, '1m-5m': 4 })
  expect(counted(statistics, 'length')).toEqual({ 'under-1m': 1, '1m-5m': 3, '15m-1h': 1 })
})

test('no figure about how chats went, nor the difference of two readings, is about fewer than five', async () => {
  const tenantId = randomUUID()
  const seen: number[] = []
  for (let n = 0; n < 11; n++) {
    await chat(tenantId)
    const { hour } = await read(tenantId)
    seen.push(hour.reduce((sum, { chats: number }) => sum + number, 0))
  }
  expect(seen).toEqual([0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10])
  expect((await read(tenantId)).days).toEqual([{ day: '2026-11-21', chats: 11 }])
})

test('a chat is counted once, also when its end is announced again', async () => {
  const tenantId = randomUUID()
  const added = await chat(tenantId)
  await t.handled(await announce(added))
  expect((await read(tenantId)).days).toEqual([{ day: '2026-11-21', chats: 1 }])
})

test('a rating counts once, and is not kept with the conversation', async () => {
  const tenantId = randomUUID()
  const added = await chats(tenantId, 5)
  for (const [n, each] of added.entries())
    expect(await rate(each, n < 3 ? 'good' : 'poor')).toEqual({ counted: true })
  await expect(rate(added[0]!, 'fair')).rejects.toMatchObject({ data: { reason: 'conflict' } })
  expect(counted(await read(tenantId), 'rating')).toEqual({ good: 3, poor: 2 })
  const { rows } = await t.sql.query(
    'select transcripts::text || coalesce((select string_agg(e::text, $2) from transcript_entries e where e.tenant_id = $1), $2) as text from transcripts where tenant_id = $1',
    [tenantId, ' '],
  )
  for (const { text } of rows) expect(text).not.toMatch(/good|poor/)
})

test('only the visitor whose conversation it is rates it, once it is closed', async () => {
  const added = await chat(randomUUID())
  const notFound = { data: { reason: 'not-found' } }
  await expect(rate({ ...added, visitorId: randomUUID() }, 'poor')).rejects.toMatchObject(notFound)
  await expect(rate({ ...added, tenantId: randomUUID() }, 'poor')).rejects.toMatchObject(notFound)
  await expect(rate(addConversation(t.world, { closedAt: null }), 'good')).rejects.toMatchObject(notFound)
})

test.each(['everything', 'statistics'] as const)(
  'who had %s stopped is left out, of chats and of ratings',
  async (processing) => {
    const tenantId = randomUUID()
    const [first] = await chats(tenantId, 1)
    await stop(first!, processing)
    const later = addConversation(t.world, { tenantId, email: null, visitorId: first!.visitorId })
    await t.handled(await announce(later))
    expect((await read(tenantId)).days).toEqual([{ day: '2026-11-21', chats: 1 }])
    if (processing === 'statistics') expect(await rate(later, 'good')).toEqual({ counted: false })
    else await expect(rate(later, 'good')).rejects.toMatchObject({ data: { reason: 'not-found' } })
    const { rows } = await t.sql.query(
      'select sum(chats)::int as sum from chat_counts_gathering where tenant_id = $1',
      [tenantId],
    )
    expect(rows).toEqual([{ sum: 4 }])
  },
)

test('figures stay when every conversation behind them is erased, and no column leads back to one', async () => {
  const tenantId = randomUUID()
  const added = []
  for (let n = 0; n < 6; n++)
    added.push(
      await chat(tenantId, {
        name: `Canary${n}name`,
        email: `canary${n}@example.com`,
        texts: [`canary${n}text`],
      }),
    )
  await t.lettersSent()
  for (const each of added) await rate(each, 'good')
  const before = await read(tenantId)
  expect(counted(before, 'hour')).toEqual({ '10': 5 })
  for (const [n, { visitorId }] of added.entries()) {
    const subject = { tenantId, emails: [`canary${n}@example.com`], visitorIds: [visitorId], userIds: [] }
    const requestId = randomUUID()
    await t.asPrivacy.hideSubject.mutate({ subject, requestId })
    await t.asPrivacy.eraseSubject.mutate({ subject, requestId })
    expect((await t.asPrivacy.searchResidue.query({ subject })).residue).toEqual([])
  }
  expect(await read(tenantId)).toEqual(before)
  const ids = added.flatMap(({ visitorId, contactId, agentId, record }) => [
    ...[visitorId, contactId, agentId],
    ...record.messages.map((message: Message) => message.id),
  ])
  expect(await tablesWith(['canary', ...ids])).toEqual([])
  // Emptied rows of the mail queue are what keeps a letter from going out twice.
  const conversationIds = added.map(({ conversationId }) => conversationId)
  expect(await tablesWith(conversationIds)).toEqual(['mail_queue'])
  expect(await tablesWith([tenantId])).toContain('chat_counts')
})

test('another business sees none of it', async () => {
  const tenantId = randomUUID()
  await chats(tenantId, 5)
  const other = await read(randomUUID())
  expect(other.days).toEqual([])
  expect(counted(other, 'hour')).toEqual({})
})

test('chats that end side by side are all counted', async () => {
  const tenantId = randomUUID()
  const added = Array.from({ length: 12 }, () => addConversation(t.world, { tenantId, email: null }))
  for (const eventId of await Promise.all(added.map(announce))) await t.handled(eventId)
  await Promise.all(added.map((each) => rate(each, 'fair')))
  const { days, rating } = await read(tenantId)
  expect([days[0]!.chats, rating[1]]).toEqual([12, { part: 'fair', chats: 10 }])
})

/** Tables of which any row, in any column, holds any of the words. */
async function tablesWith(words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await t.sql.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rowCount } = await t.sql.query(
      `select from ${name} t where t::text ilike any ($1::text[]) limit 1`,
      [words.map((word) => `%${word}%`)],
    )
    if (rowCount) found.push(name)
  }
  return found
}

test.for(['delete', 'anonymise'] as const)(
  'figures go by the period of what they were made of where the notice says "delete", and stay where it says "anonymise": %s',
  async (disposition) => {
    const { categories } = policy
    for (const id of ['conversation', 'contact-details', 'usage-facts'] as const)
      categories[id].retention = { ...categories[id].retention, period: { months: 6 } }
    categories['usage-facts'].retention.disposition = disposition
    const tenantId = randomUUID()
    t.clock.set('2026-11-21T12:00:00.000Z')
    await chats(tenantId, 6)
    const before = await read(tenantId)
    expect(before.days).toEqual([{ day: '2026-11-21', chats: 6 }])
    const figuresGoing = async (asOf: string) =>
      (await t.asPrivacy.countExpiring.query({ tenantId, asOf }))
        .map(({ table }) => table)
        .filter((table) => table.startsWith('chat_'))
    expect(await figuresGoing('2027-05-21T23:59:59.999Z')).toEqual([])
    const goes = disposition === 'delete'
    expect(await figuresGoing('2027-05-22T00:00:00.000Z')).toEqual(goes ? ['chat_days', 'chat_counts'] : [])
    t.clock.set('2027-05-22T00:00:00.000Z')
    await settle(async () => {
      const { rows } = await t.sql.query('select from transcripts where tenant_id = $1', [tenantId])
      expect(rows).toEqual([])
      expect((await read(tenantId)).days).toEqual(goes ? [] : before.days)
    })
    if (!goes) expect(await read(tenantId)).toEqual(before)
  },
)
