import { randomUUID } from 'node:crypto'
import { conversationClosed } from '@candor/contracts/chat/events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { likelySlips } from '../src/domain/likely-slips.ts'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

let t: TestTranscripts
beforeAll(async () => void (t = await startTestTranscripts()))
afterAll(() => t[Symbol.asyncDispose]())

const archive = async (given: Parameters<typeof addConversation>[1]) => {
  const added = addConversation(t.world, { email: null, name: null, ...given })
  const { tenantId, visitorId, conversationId } = added
  await t.handled(
    await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
  )
  return added
}
const search = async (tenantId: string, query: string) =>
  (await t.staff(tenantId)).searchTranscripts.query({ query })

describe('a word that is nowhere', () => {
  const tenantId = randomUUID()
  beforeAll(async () => {
    const texts = [
      'When is my delivery due? I paid the invoice in order 47110.',
      'Ihr Kundendienst war sehr zuverlässig',
      'Когда придёт посылка?',
      'Πότε έρχεται το δέμα;',
    ]
    await archive({ tenantId, texts, name: 'Bartholomew Quill' })
  })

  test.each([
    ['a letter left out', 'delivry', 'delivery'],
    ['a letter too many', 'innvoice', 'invoice'],
    ['another letter', 'dalivery', 'delivery'],
    ['two letters that changed places', 'inovice', 'invoice'],
    ['a slip in a long word', 'Kundendeinst', 'kundendienst'],
    ['a slip and an accent left out', 'zuverlasig', 'zuverlassig'],
    ['a slip in a name', 'Bartolomew', 'bartholomew'],
    ['a slip in Cyrillic', 'посылко', 'посылка'],
    ['a slip in Greek', 'ερχαται', 'ερχεται'],
  ])('is found as it may have been meant: %s', async (_, typed, meant) => {
    const { hits, similar } = await search(tenantId, typed)
    expect(hits).toHaveLength(1)
    expect(similar).toEqual([meant])
    expect(hits[0]!.snippet).toContain('\u0002')
  })

  test('is found beside one that was typed well', async () => {
    const { hits, similar } = await search(tenantId, 'delivry zuverlässig')
    expect([hits.length, similar]).toEqual([1, ['delivery']])
  })

  test.each([
    ['two slips away', 'dellivry'],
    ['in quotation marks', '"delivry"'],
    ['a number', '47111'],
    ['of three letters', 'due whn'],
    ['excluded', '-delivery'],
  ])('is not forgiven where it is %s', async (_, typed) => {
    expect(await search(tenantId, typed)).toMatchObject({ hits: [], similar: [] })
  })

  test('of another business is neither found nor told', async () => {
    expect(await search(randomUUID(), 'delivry')).toEqual({ hits: [], similar: [], nextCursor: null })
  })
})

test('where a word is found as it was typed no other is looked for', async () => {
  const { tenantId } = await archive({ texts: ['We sell a teapot', 'and a teapod'] })
  const { hits, similar } = await search(tenantId, 'teapod')
  expect([hits.length, similar]).toEqual([1, []])
})

test('every page after the first keeps to the words that were found on it', async () => {
  const tenantId = randomUUID()
  for (let n = 0; n < 5; n++) await archive({ tenantId, texts: ['a saxophone'] })
  const staff = await t.staff(tenantId)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await staff.searchTranscripts.query({
      query: 'saxophome',
      limit: 2,
      ...(cursor && { cursor }),
    })
    expect(page.similar).toEqual(['saxophone'])
    seen.push(...page.hits.map(({ conversationId }) => conversationId))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(new Set(seen).size).toBe(5)
  expect(seen).toHaveLength(5)
})

test.each(['restricted', 'hidden pending erasure'])(
  'words of a person who is %s are neither found nor told',
  async (state) => {
    const added = await archive({ texts: ['xylophonist'] })
    const { tenantId, visitorId } = added
    expect((await search(tenantId, 'xylophonost')).similar).toEqual(['xylophonist'])
    const subject = { tenantId, emails: [], visitorIds: [visitorId], userIds: [] }
    const requestId = randomUUID()
    if (state === 'restricted')
      await t.asPrivacy.restrictSubject.mutate({ subject, requestId, processing: ['everything'] })
    else await t.asPrivacy.hideSubject.mutate({ subject, requestId })
    for (const query of ['xylophonost', 'xylophonist'])
      expect(await search(tenantId, query)).toMatchObject({ hits: [], similar: [] })
  },
)

test('the word indexes hold nothing of an erased person', async () => {
  const added = await archive({ texts: ['glockenspiel'], name: 'Ottoline Erased' })
  const { tenantId, visitorId } = added
  const subject = { tenantId, emails: [], visitorIds: [visitorId], userIds: [] }
  await t.asPrivacy.hideSubject.mutate({ subject, requestId: randomUUID() })
  await t.asPrivacy.eraseSubject.mutate({ subject, requestId: randomUUID() })
  const { rows } = await t.sql.query(
    `select set_config('app.tenants', $1, false), (select count(*) from find_each_word($1::uuid, array['glockenspiel', 'ottoline'])) as each,
      (select count(*) from find_words($1::uuid, 'glockenspiel | ottoline')) as words`,
    [tenantId],
  )
  expect(rows[0]).toMatchObject({ each: 0, words: 0 })
})

describe('a search can be narrowed', () => {
  const tenantId = randomUUID()
  const agentId = randomUUID()
  beforeAll(async () => {
    await archive({ tenantId, texts: ['bell one'], closedAt: '2026-11-01T10:00:00.000Z' })
    await archive({
      tenantId,
      texts: ['bell two', 'yes'],
      agentId,
      closedAt: '2026-11-02T10:00:00.000Z',
      email: 'two@example.com',
    })
    await archive({ tenantId, texts: ['bell three', 'yes'], closedAt: '2026-11-03T10:00:00.000Z' })
  })

  test.each([
    ['from a day on', { closedFrom: '2026-11-02T10:00:00.000Z' }, ['three', 'two']],
    ['to before a day', { closedBefore: '2026-11-02T10:00:00.000Z' }, ['one']],
    ['to an agent', { staffId: agentId }, ['two']],
    ['to those with an address', { hasAddress: true }, ['two']],
    ['to those without', { hasAddress: false }, ['three', 'one']],
    ['to those nobody answered', { isAnswered: false }, ['one']],
    ['by several at once', { isAnswered: true, hasAddress: false }, ['three']],
  ])('%s, with words and without', async (_, filters, expected) => {
    const staff = await t.staff(tenantId)
    for (const query of ['bell', '', 'bekl']) {
      const { hits } = await staff.searchTranscripts.query({ query, ...filters })
      const found = hits.map(({ snippet }) => snippet.replaceAll('\u0002', '').replaceAll('\u0003', ''))
      expect(found).toEqual(expected.map((n) => `bell ${n}`))
    }
  })
})

test('a slip is a letter more, one less, another one, two that changed places, or two other vowels', () => {
  const around = likelySlips('order')
  for (const word of ['orders', 'oder', 'orter', 'odrer', 'rorder', 'urdar']) expect(around).toContain(word)
  for (const word of ['order', 'redro', 'rodres', '']) expect(around).not.toContain(word)
  expect(new Set(around).size).toBe(around.length)
})
