import { randomUUID } from 'node:crypto'
import { contactChanged, conversationClosed } from '@candor/contracts/chat/events'
import { staffAccountReason } from '@candor/policy/categories'
import { checkDataMap } from '@candor/personal-data/check-data-map'
import { settle } from '@candor/testing/settle'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transcriptsData } from '../src/personal-data.ts'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

describe('a visitor who asks for erasure', () => {
  let t: TestTranscripts
  beforeAll(async () => void (t = await startTestTranscripts()))
  afterAll(() => t[Symbol.asyncDispose]())

  const archive = async (given: Parameters<typeof addConversation>[1]) => {
    const added = addConversation(t.world, given)
    const { tenantId, visitorId, conversationId } = added
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )
    return added
  }
  const subjectOf = ({ tenantId, visitorId }: { tenantId: string; visitorId: string }, email: string) => ({
    subject: { tenantId, emails: [email], visitorIds: [visitorId], userIds: [] },
  })

  test('is found by their address alone and given everything that is held', async () => {
    const { tenantId, visitorId } = await archive({
      email: 'Held@example.com',
      texts: ['my words', 'our answer'],
    })
    await t.lettersSent()
    const subject = { tenantId, emails: ['held@example.com'], visitorIds: [], userIds: [] }
    const located = await t.asPrivacy.locateSubject.query({ subject })
    expect(located.visitorIds).toEqual([visitorId])

    const holdings = await t.asPrivacy.exportSubject.query({ subject: located })
    expect(holdings.map(({ table, category }) => `${table}: ${category}`).toSorted()).toEqual([
      'transcript_entries: conversation',
      'transcripts: contact-details',
      'transcripts: usage-facts',
    ])
    expect(JSON.stringify(holdings)).toContain('my words')
    expect(JSON.stringify(holdings)).toContain('our answer')
  })

  test('is told of what somebody did as of what they wrote', async () => {
    const { tenantId, visitorId } = await archive({ texts: ['hello', ''] })
    const subject = { tenantId, emails: [], visitorIds: [visitorId], userIds: [] }
    const holdings = await t.asPrivacy.exportSubject.query({ subject })
    const entries = holdings.find(({ table }) => table === 'transcript_entries')!.records
    expect(entries).toContainEqual(
      expect.objectContaining({ author_kind: 'staff', text: '', notice: 'taken' }),
    )
  })

  test('is hidden at once, from search, reading, download and copies alike', async () => {
    const hidden = await archive({ email: 'hidden@example.com', texts: ['hideandseek'] })
    const { tenantId, conversationId } = hidden
    const staff = await t.staff(tenantId)
    expect((await staff.searchTranscripts.query({ query: 'hideandseek' })).hits).toHaveLength(1)
    await t.asPrivacy.hideSubject.mutate({
      ...subjectOf(hidden, 'hidden@example.com'),
      requestId: randomUUID(),
    })
    t.world.records.delete(conversationId)

    for (const query of ['hideandseek', 'hidden@example.com', '-other', '']) {
      expect((await staff.searchTranscripts.query({ query })).hits).toHaveLength(0)
    }
    const notFound = { data: { reason: 'not-found' } }
    await expect(staff.getTranscript.query({ conversationId })).rejects.toMatchObject(notFound)
    await expect(staff.downloadTranscript.query({ conversationId })).rejects.toMatchObject(notFound)
    await expect(staff.mailTranscript.mutate({ conversationId })).rejects.toMatchObject(notFound)
  })

  test('is gone afterwards: no row, no mention by others, no residue, and the report counts it', async () => {
    const added = await archive({
      email: 'erase.me@example.com',
      texts: ['Write to erase.me@example.com please', 'Will do'],
    })
    const other = await archive({
      tenantId: added.tenantId,
      email: 'other@example.com',
      texts: ['A friend, Erase.Me@example.com, sent me'],
    })
    await t.lettersSent()
    const { subject } = subjectOf(added, 'erase.me@example.com')
    const requestId = randomUUID()
    await t.asPrivacy.hideSubject.mutate({ subject, requestId })
    const report = await t.asPrivacy.eraseSubject.mutate({ subject, requestId })

    expect(report).toEqual({
      erased: [
        { table: 'transcript_entries', action: 'deleted', rows: 2 },
        { table: 'transcripts', action: 'deleted', rows: 1 },
        { table: 'transcript_entries', action: 'redacted', rows: 1 },
      ],
      kept: [],
    })
    const residue = await t.asPrivacy.searchResidue.query({ subject })
    expect(residue.residue).toEqual([])
    expect(residue.columnsSearched).toBeGreaterThan(40)
    const staff = await t.staff(added.tenantId)
    for (const query of ['erase.me', 'erase.me@example.com']) {
      expect((await staff.searchTranscripts.query({ query })).hits).toHaveLength(0)
    }
    const { entries } = await staff.getTranscript.query({ conversationId: other.conversationId })
    expect(entries[0]!.text).toBe('A friend, [erased], sent me')
  })

  test('takes the letters along that still wait for the mail server', async () => {
    t.mailbox.refuse(true)
    const added = await archive({ email: 'waiting@example.com' })
    await settle(() => expect(t.mailbox.refused()).toContain('waiting@example.com'))
    const { subject } = subjectOf(added, 'waiting@example.com')
    await t.asPrivacy.hideSubject.mutate({ subject, requestId: randomUUID() })
    await t.asPrivacy.eraseSubject.mutate({ subject, requestId: randomUUID() })
    t.mailbox.refuse(false)
    t.clock.advance(3_600_000)
    await t.lettersSent()
    expect(t.mailbox.letters.some(({ to }) => to.includes('waiting@example.com'))).toBe(false)
  })

  test('is not brought back by events that come late, nor by a restart', async () => {
    const added = await archive({ email: 'late@example.com' })
    const { tenantId, visitorId, conversationId, contactId } = added
    const { subject } = subjectOf(added, 'late@example.com')
    const requestId = randomUUID()
    await t.asPrivacy.hideSubject.mutate({ subject, requestId })
    await t.asPrivacy.eraseSubject.mutate({ subject, requestId })
    const letters = await t.lettersSent()
    await t.restart()
    const facts = { tenantId, subjectId: visitorId }
    const late = [
      await t.announce(conversationClosed, { conversationId }, facts),
      await t.announce(contactChanged, { contactId, conversationIds: [conversationId] }, facts),
    ]
    for (const eventId of late) expect(await t.handled(eventId)).toBe('refused')

    expect((await t.asPrivacy.searchResidue.query({ subject })).residue).toEqual([])
    expect(await t.lettersSent()).toBe(letters)
    const { rows } = await t.sql.query('select from transcripts where visitor_id = $1', [visitorId])
    expect(rows).toHaveLength(0)
  })
})

test('the name of a member of staff stays with their account, and the report says so', async () => {
  await using t = await startTestTranscripts()
  const { tenantId, visitorId, agentId, conversationId } = addConversation(t.world, { email: null })
  await t.handled(
    await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
  )
  const subject = { tenantId, emails: [], visitorIds: [], userIds: [agentId] }
  const report = await t.asPrivacy.eraseSubject.mutate({ subject, requestId: randomUUID() })

  expect(report.erased).toEqual([])
  expect(report.kept).toMatchObject([
    { table: 'transcript_entries', rows: 1, reason: staffAccountReason, until: null },
  ])
  expect((await t.asPrivacy.searchResidue.query({ subject })).residue).toEqual([])
  const { entries } = await (await t.staff(tenantId)).getTranscript.query({ conversationId })
  expect(entries[1]).toMatchObject({
    author: { kind: 'staff', name: 'Sam Staff' },
    text: 'Yes, how can we help?',
  })
})

test('every column of the database is declared, and personal ones are behind row-level security', async () => {
  await using t = await startTestTranscripts()
  await using db = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString: t.database.superuserUrl, max: 1 }),
    }),
  })
  expect(await checkDataMap(db, transcriptsData)).toEqual([])
})

test('no row is seen by a transaction that names no tenant, nor through the word index', async () => {
  await using t = await startTestTranscripts()
  const { tenantId, visitorId, conversationId } = addConversation(t.world, { texts: ['findable'] })
  await t.handled(
    await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
  )
  const app = new pg.Client({ connectionString: t.database.appUrl })
  await app.connect()
  const look = async () => [
    (await app.query('select from transcripts')).rowCount,
    (await app.query('select from transcript_entries')).rowCount,
    (await app.query("select from find_words($1, 'findable')", [tenantId])).rowCount,
    (await app.query("select from find_each_word($1, '{findable}')", [tenantId])).rowCount,
  ]
  expect(await look()).toEqual([0, 0, 0, 0])
  await app.query("select set_config('app.tenants', $1, false)", [randomUUID()])
  expect(await look()).toEqual([0, 0, 0, 0])
  await app.query("select set_config('app.tenants', $1, false)", [tenantId])
  expect(await look()).toEqual([1, 1, 1, 1])
  await app.end()
})
