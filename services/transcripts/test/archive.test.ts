import { randomUUID } from 'node:crypto'
import type { Message } from '@candor/contracts/chat/schemas'
import { conversationClosed } from '@candor/contracts/chat/events'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

describe('a conversation that ends', () => {
  let t: TestTranscripts
  beforeAll(async () => void (t = await startTestTranscripts()))
  afterAll(() => t[Symbol.asyncDispose]())

  test('is archived whole, in order, with who wrote what', async () => {
    const { tenantId, visitorId, agentId, conversationId } = addConversation(t.world, { email: null })
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )

    const staff = await t.staff(tenantId)
    expect(await staff.getTranscript.query({ conversationId })).toEqual({
      conversationId,
      channel: 'chat',
      contact: { name: 'Anna Example', email: null },
      startedAt: '2026-11-21T10:00:00.000Z',
      closedAt: '2026-11-21T11:00:00.000Z',
      archivedAt: '2026-11-21T12:00:00.000Z',
      mailedAt: null,
      entries: [
        {
          seq: 1,
          author: { kind: 'visitor', name: 'Anna Example' },
          text: 'Hello, is anybody there?',
          notice: null,
          createdAt: '2026-11-21T10:00:00.000Z',
        },
        {
          seq: 2,
          author: { kind: 'staff', userId: agentId, name: 'Sam Staff' },
          text: 'Yes, how can we help?',
          notice: null,
          createdAt: '2026-11-21T10:01:00.000Z',
        },
      ],
    })
  })

  test('keeps who took and who closed it', async () => {
    const { tenantId, visitorId, conversationId, record } = addConversation(t.world, { email: null })
    const [asked, answered] = record.messages as [Message, Message]
    record.messages.push(
      { ...answered, seq: 3, text: '', notice: 'taken' },
      { ...asked, seq: 4, text: '', notice: 'closed' },
    )
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )

    const { entries } = await (await t.staff(tenantId)).getTranscript.query({ conversationId })
    expect(entries.slice(2)).toMatchObject([
      { author: { kind: 'staff', name: 'Sam Staff' }, text: 'Joined the conversation' },
      { author: { kind: 'visitor', name: 'Anna Example' }, text: 'Closed the conversation' },
    ])
  })

  test('of thousands of messages is archived to the last one', async () => {
    const texts = Array.from({ length: 2_500 }, (_, index) => `message ${index}`)
    const { tenantId, visitorId, conversationId } = addConversation(t.world, { email: null, texts })
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )

    const { entries } = await (await t.staff(tenantId)).getTranscript.query({ conversationId })
    expect(entries.map((entry) => entry.text)).toEqual(texts)
  })

  test('waits for chat where chat is away', async () => {
    const { tenantId, visitorId, conversationId } = addConversation(t.world, { email: null })
    await t.closeChat()
    const eventId = await t.announce(
      conversationClosed,
      { conversationId },
      { tenantId, subjectId: visitorId },
    )
    const staff = await t.staff(tenantId)
    await expect(staff.getTranscript.query({ conversationId })).rejects.toMatchObject({
      data: { reason: 'not-found' },
    })
    t.openChat()

    expect(await t.handled(eventId)).toBe('applied')
    expect((await staff.getTranscript.query({ conversationId })).entries).toHaveLength(2)
  })

  test('leaves nothing if chat has erased it meanwhile', async () => {
    const { tenantId, visitorId, conversationId } = addConversation(t.world)
    t.world.records.delete(conversationId)
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )

    const { rows } = await t.sql.query('select from transcripts where tenant_id = $1', [tenantId])
    expect(rows).toHaveLength(0)
  })
})

describe('the mailed copy', () => {
  let t: TestTranscripts
  beforeAll(async () => void (t = await startTestTranscripts()))
  afterAll(() => t[Symbol.asyncDispose]())

  test('goes to the address that was given, complete and in order, as HTML and as text', async () => {
    const texts = ['Do you have <b>"Moby & Dick"</b>?', 'We do.\nTwo copies.', 'Great 👋']
    const { tenantId, visitorId, conversationId } = addConversation(t.world, { texts })
    await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId })

    const letter = await settle(
      () =>
        t.mailbox.letters.find(({ to }) => to.includes('anna@example.com')) ??
        Promise.reject(new Error('no letter')),
    )
    expect(letter.subject).toBe('Your conversation with Harbour Books')
    expect(letter.from?.address).toBe('no-reply@candor.test')
    expect(
      positions(letter.text!, [
        'Do you have <b>"Moby & Dick"</b>?',
        'Sam Staff',
        'We do.',
        'Two copies.',
        'Great 👋',
      ]),
    ).toEqual('in order')
    expect(letter.text).toContain('http://candor.test/privacy/harbour-books')
    expect(letter.text).toContain('because this address was given in a conversation with Harbour Books')
    expect(
      positions(letter.html!, ['Do you have &#60;b&#62;', 'Sam Staff', 'We do.<br>Two copies.', 'Great 👋']),
    ).toEqual('in order')
    expect(letter.html).toContain('href="http://candor.test/privacy/harbour-books"')
    expect(letter.html).not.toContain('<b>')
    expect(letter.html).not.toContain('anna@example.com')
    const staff = await t.staff(tenantId)
    await settle(async () => {
      expect((await staff.getTranscript.query({ conversationId })).mailedAt).toBe('2026-11-21T12:00:00.000Z')
    })
  })

  test('is sent once, also when the event is delivered again, announced again, and the service restarts', async () => {
    const { tenantId, visitorId, conversationId } = addConversation(t.world, { email: 'once@example.com' })
    const facts = { tenantId, subjectId: visitorId }
    const id = await t.announce(conversationClosed, { conversationId }, facts)
    await t.announce(conversationClosed, { conversationId }, { ...facts, id })
    await t.handled(await t.announce(conversationClosed, { conversationId }, facts))
    await t.lettersSent()
    await t.restart()
    await t.announce(conversationClosed, { conversationId }, { ...facts, id })
    await t.handled(await t.announce(conversationClosed, { conversationId }, facts))
    await t.lettersSent()

    expect(t.mailbox.letters.filter(({ to }) => to.includes('once@example.com'))).toHaveLength(1)
  })

  test('is withheld from an address for which too many conversations end within an hour', async () => {
    const { tenantId } = addConversation(t.world)
    for (let n = 0; n < 7; n++) {
      const { visitorId, conversationId } = addConversation(t.world, {
        tenantId,
        email: 'victim@example.com',
      })
      await t.handled(
        await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
      )
    }
    await t.lettersSent()
    expect(t.mailbox.letters.filter(({ to }) => to.includes('victim@example.com'))).toHaveLength(5)
  })

  test('is not lost while the mail server refuses', async () => {
    const { tenantId, visitorId, conversationId } = addConversation(t.world, { email: 'later@example.com' })
    t.mailbox.refuse(true)
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )
    await settle(() => expect(t.mailbox.refused()).toContain('later@example.com'))
    const staff = await t.staff(tenantId)
    expect((await staff.getTranscript.query({ conversationId })).mailedAt).toBeNull()
    t.mailbox.refuse(false)
    await settle(() => {
      t.clock.advance(60_000)
      expect(t.mailbox.letters.some(({ to }) => to.includes('later@example.com'))).toBe(true)
    })
  })

  test('is not made for an anonymous visitor, and not later either', async () => {
    const { tenantId, visitorId, conversationId } = addConversation(t.world, { name: null, email: null })
    const before = await t.lettersSent()
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )

    const staff = await t.staff(tenantId)
    await expect(staff.mailTranscript.mutate({ conversationId })).rejects.toMatchObject({
      data: { reason: 'no-address' },
    })
    expect(await t.lettersSent()).toBe(before)
    const { rows } = await t.sql.query('select from mail_queue where tenant_id = $1', [tenantId])
    expect(rows).toHaveLength(0)
  })

  test('is sent again when staff ask, three times an hour at most', async () => {
    const { tenantId, visitorId, conversationId } = addConversation(t.world, { email: 'again@example.com' })
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )
    const staff = await t.staff(tenantId)
    const asked = await Promise.allSettled(
      Array.from({ length: 5 }, () => staff.mailTranscript.mutate({ conversationId })),
    )

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    await expect(staff.mailTranscript.mutate({ conversationId })).rejects.toMatchObject({
      data: { reason: 'too-many', retryable: true, retryAfterSeconds: 3600 },
    })
    t.clock.advance(3_600_000)
    const later = await t.staff(tenantId)
    expect(await later.mailTranscript.mutate({ conversationId })).toEqual({ queued: true })
    await t.lettersSent()
    expect(t.mailbox.letters.filter(({ to }) => to.includes('again@example.com'))).toHaveLength(5)
    expect((await later.getTranscript.query({ conversationId })).mailedAt).toBe(t.clock.now().toISOString())
  })

  test('cannot be asked for of a conversation that is not archived', async () => {
    const { tenantId } = addConversation(t.world)
    const staff = await t.staff(tenantId)
    await expect(staff.mailTranscript.mutate({ conversationId: randomUUID() })).rejects.toMatchObject({
      data: { reason: 'not-found' },
    })
  })
})

function positions(text: string, parts: string[]): string {
  const found = parts.map((part) => text.indexOf(part))
  const ordered = found.every((at, index) => at >= 0 && (index === 0 || at > found[index - 1]!))
  return ordered ? 'in order' : JSON.stringify(found)
}
