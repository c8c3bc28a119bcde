import { randomUUID } from 'node:crypto'
import { conversationClosed } from '@candor/contracts/chat/events'
import { settle } from '@candor/testing/settle'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

describe('search', () => {
  let t: TestTranscripts
  const tenantId = randomUUID()
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    t = await startTestTranscripts()
    const archive = async (name: string, given: Parameters<typeof addConversation>[1]) => {
      const { conversationId, visitorId } = addConversation(t.world, {
        tenantId,
        email: null,
        name: null,
        ...given,
      })
      ids[name] = conversationId
      await t.handled(
        await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
      )
    }
    await archive('refund', {
      texts: [
        'Good morning',
        'Hello',
        'I want a refund for order-4711',
        'Your refund is on its way',
        'Thanks for the refund',
      ],
      closedAt: '2026-11-01T10:00:00.000Z',
    })
    await archive('delivery', {
      texts: [
        'Where is my delivery? The Straße is “Ärgerweg” 5',
        'It will arrive tomorrow 👋👋',
        'No refund then?',
      ],
      closedAt: '2026-11-02T10:00:00.000Z',
    })
    await archive('contact', {
      name: 'Zoë Refund-Müller',
      email: 'zoe.mueller@mail.example.com',
      texts: ['Bonjour', "C'est ouvert aujourd'hui?"],
      closedAt: '2026-11-03T10:00:00.000Z',
    })
  })
  afterAll(() => t[Symbol.asyncDispose]())

  const find = async (query: string) => {
    const { hits } = await (await t.staff(tenantId)).searchTranscripts.query({ query })
    return hits.map(({ conversationId }) => Object.keys(ids).find((name) => ids[name] === conversationId))
  }

  test.each([
    ['one word', 'delivery', ['delivery']],
    ['words in any case, with their accents or without', 'STRASSE argerweg', ['delivery']],
    ['words beyond ASCII in any case', 'STRAßE ÄRGERWEG', ['delivery']],
    ['the beginning of the last word', 'deliv', ['delivery']],
    ['words of different entries', 'morning thanks', ['refund']],
    ['a word of the contact and a word that was written', 'zoë bonjour', ['contact']],
    ['all words, not some', 'delivery 4711', []],
    ['a phrase in this order', '"refund for order"', ['refund']],
    ['no phrase in another order', '"order for refund"', []],
    ['a part of a compound', '4711', ['refund']],
    ['the whole compound', 'order-4711', ['refund']],
    ['a word behind an apostrophe', 'aujourd', ['contact']],
    ['an e-mail address', 'zoe.mueller@mail.example.com', ['contact']],
    ['a part of an e-mail address', 'example.com', ['contact']],
    ['a choice', 'delivery or bonjour', ['contact', 'delivery']],
    ['what is not excluded', 'refund -delivery', ['contact', 'refund']],
    ['everything but what is excluded', '-bonjour', ['refund', 'delivery']],
    ['nothing for signs alone', '!!! "" -- 👋', []],
  ])('finds %s', async (_, query, expected) => {
    expect((await find(query)).toSorted()).toEqual(expected.toSorted())
  })

  test('puts the best match first, then the newest', async () => {
    expect(await find('refund')).toEqual(['contact', 'refund', 'delivery'])
    expect(await find('')).toEqual(['contact', 'delivery', 'refund'])
  })

  test('shows the text around the match and marks the matching words', async () => {
    const staff = await t.staff(tenantId)
    const snippet = async (query: string) => (await staff.searchTranscripts.query({ query })).hits[0]!.snippet
    expect(await snippet('order-47')).toBe('I want a refund for \u0002order\u0003-\u00024711\u0003')
    expect(await snippet('zoe.mueller@mail')).toBe(
      '\u0002Zoë\u0003 Refund-Müller \u0002zoe\u0003.\u0002mueller\u0003@\u0002mail\u0003.example.com',
    )
    expect(await snippet('')).toBe('Bonjour')
  })

  test('pages through every hit once, while new ones arrive', async () => {
    const crowd = randomUUID()
    const add = async (closedAt: string) => {
      const { conversationId, visitorId } = addConversation(t.world, {
        tenantId: crowd,
        email: null,
        texts: ['one needle'],
        closedAt,
      })
      await t.handled(
        await t.announce(conversationClosed, { conversationId }, { tenantId: crowd, subjectId: visitorId }),
      )
      return conversationId
    }
    const added = []
    for (let hour = 10; hour < 17; hour++) added.push(await add(`2026-11-05T${hour}:00:00.000Z`))
    const staff = await t.staff(crowd)
    for (const query of ['needle', '-haystack', '']) {
      const seen = []
      let cursor: string | undefined
      do {
        const page = await staff.searchTranscripts.query({ query, limit: 2, ...(cursor && { cursor }) })
        seen.push(...page.hits.map((hit) => hit.conversationId))
        cursor = page.nextCursor ?? undefined
        if (seen.length === 2) added.push(await add(`2026-11-06T00:00:00.${added.length}00Z`))
      } while (cursor)
      expect(seen).toHaveLength(new Set(seen).size)
      expect(added).toEqual(expect.arrayContaining(seen))
      expect(seen).toHaveLength(added.length - 1)
    }
  })

  test('never fails, whatever is typed', async () => {
    const staff = await t.staff(tenantId)
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 100 }),
      fc.string({ unit: fc.constantFrom(...`"'-()&|!<>:*\\%_ aorОé👋`), maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            'refund',
            'or',
            '-',
            '"',
            '-"',
            '&',
            '|',
            '!',
            ':*',
            '<->',
            '\\',
            "''",
            '👋',
            'a:b',
            '--',
            '%',
          ),
          { maxLength: 30 },
        )
        .map((parts) => parts.join(' ')),
    )
    const allowed = typed.filter(
      (query) => query.length <= 200 && query.isWellFormed() && !/\p{Cc}/u.test(query),
    )
    await fc.assert(
      fc.asyncProperty(allowed, async (query) => {
        const { hits } = await staff.searchTranscripts.query({ query })
        for (const { snippet } of hits) expect(snippet.isWellFormed()).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('refuses a cursor it did not give out', async () => {
    const staff = await t.staff(tenantId)
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const forged = [
      'x',
      '%%%',
      encode(null),
      encode([1, 2]),
      encode([-1, 0, randomUUID()]),
      encode([0, 1e300, randomUUID()]),
      encode([0, 0, "' or 1=1"]),
    ]
    for (const cursor of forged) {
      for (const query of ['refund', '']) {
        await expect(staff.searchTranscripts.query({ query, cursor })).rejects.toMatchObject({
          data: { reason: 'bad-input', fields: [{ path: 'cursor' }] },
        })
      }
    }
  })

  test('reads the word index of a large archive, not every row', async () => {
    const large = randomUUID()
    await t.sql.query(
      `insert into transcripts
       select $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Somebody', null, now(), now(), now(), 0 from generate_series(1, 200)`,
      [large],
    )
    await t.sql.query(
      `insert into transcript_entries
       select tenant_id, conversation_id, seq, 'visitor', null, null, 'word' || seq || ' common', null, now()
       from transcripts, generate_series(1, 50) seq where tenant_id = $1`,
      [large],
    )
    await t.sql.query('analyze')
    const scans = async () => {
      const { rows } = await t.sql.query(
        `select relname, seq_scan + 0 as whole, (select sum(idx_scan) from pg_stat_user_indexes i where i.relid = s.relid and indexrelname = 'transcript_entries_words') as words
         from pg_stat_user_tables s where relname = 'transcript_entries'`,
      )
      return { whole: Number(rows[0].whole), words: Number(rows[0].words) }
    }
    const before = await scans()
    const { hits } = await (await t.staff(large)).searchTranscripts.query({ query: '"word7"', limit: 5 })
    expect(hits).toHaveLength(5)
    await settle(async () => expect((await scans()).words).toBeGreaterThan(before.words))
    expect((await scans()).whole).toBe(before.whole)
  })

  test('finds nothing of another business', async () => {
    const stranger = await t.staff(randomUUID())
    expect(await stranger.searchTranscripts.query({ query: 'refund' })).toEqual({
      hits: [],
      similar: [],
      nextCursor: null,
    })
    expect(await stranger.searchTranscripts.query({ query: tenantId })).toEqual({
      hits: [],
      similar: [],
      nextCursor: null,
    })
    expect(await stranger.searchTranscripts.query({})).toEqual({
      hits: [],
      similar: [],
      nextCursor: null,
    })
  })
})
