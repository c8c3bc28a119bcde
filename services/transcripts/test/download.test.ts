import { randomUUID } from 'node:crypto'
import type { Message } from '@candor/contracts/chat/schemas'
import { conversationClosed } from '@candor/contracts/chat/events'
import { pdfCharacters } from '@candor/testing/pdf-characters'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

describe('a download', () => {
  let t: TestTranscripts
  beforeAll(async () => void (t = await startTestTranscripts()))
  afterAll(() => t[Symbol.asyncDispose]())

  const archive = async (given: Parameters<typeof addConversation>[1] = {}) => {
    const added = addConversation(t.world, given)
    const { tenantId, visitorId, conversationId } = added
    await t.handled(
      await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
    )
    return added
  }

  test('is for the visitor whose conversation it is, and for staff of the business', async () => {
    const { tenantId, visitorId, conversationId } = await archive({ email: null })
    for (const client of [await t.visitor(tenantId, visitorId), await t.staff(tenantId)]) {
      const { content } = await client.downloadTranscript.query({ conversationId, format: 'json' })
      expect(JSON.parse(content)).toMatchObject({
        business: 'Harbour Books',
        conversationId,
        contact: { name: 'Anna Example', email: null },
        entries: [{ seq: 1, text: 'Hello, is anybody there?' }, { seq: 2 }],
      })
    }
  })

  test.each([
    ['of an archived conversation', true],
    ['of a conversation that goes on', false],
  ])("%s is not found by another visitor, nor by another business's staff", async (_, closed) => {
    const { tenantId, visitorId, conversationId } = closed
      ? await archive()
      : addConversation(t.world, { closedAt: null })
    const strangers = [
      await t.visitor(tenantId, randomUUID()),
      await t.visitor(randomUUID(), visitorId),
      await t.staff(randomUUID()),
    ]
    for (const stranger of strangers) {
      await expect(stranger.downloadTranscript.query({ conversationId })).rejects.toMatchObject({
        data: { reason: 'not-found' },
      })
    }
  })

  test('of a conversation that goes on shows what was said so far', async () => {
    const { tenantId, visitorId, conversationId, record } = addConversation(t.world, {
      closedAt: null,
      name: null,
      email: null,
    })
    const [asked, answered] = record.messages as [Message, Message]
    record.messages.push({ ...answered, seq: 3, text: '', notice: 'taken' })
    record.messages.push({ ...asked, seq: 4, text: '', notice: 'closed' })
    const visitor = await t.visitor(tenantId, visitorId)
    const { content } = await visitor.downloadTranscript.query({ conversationId, format: 'text' })
    expect(content).toBe(`Conversation with Harbour Books
Visitor: Visitor
Started: 21 November 2026 at 10:00 UTC
Closed: still open

Visitor (21 Nov 2026, 10:00)
  Hello, is anybody there?

Sam Staff (21 Nov 2026, 10:01)
  Yes, how can we help?

* Sam Staff joined the conversation (21 Nov 2026, 10:01)

* Visitor closed the conversation (21 Nov 2026, 10:00)
`)
  })

  test('as a page stands alone, runs nothing, and shows every text as it was typed', async () => {
    const nasty = '<script>alert(1)</script><img src=x onerror="alert(2)"> & \'quotes\''
    const { tenantId, conversationId } = await archive({
      name: '"><svg onload=alert(3)>',
      email: null,
      texts: [nasty, 'Two\nlines'],
    })
    const staff = await t.staff(tenantId)
    const { content, mediaType } = await staff.downloadTranscript.query({ conversationId })
    expect(mediaType).toBe('text/html; charset=utf-8')
    expect(content).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(content).not.toMatch(/<(script|img|svg|link|iframe)|<[^>]* (src|href|on\w+)=|url\(|@import/i)
    expect(content).toContain('Two<br>lines')
    expect(decode(content)).toContain(nasty)
    expect(decode(content)).toContain('"><svg onload=alert(3)>')
  })

  test('as a PDF holds every text in whatever script it was typed', async () => {
    const texts = ['Где мой żółty rower?', 'Ελάτε αύριο, señor Núñez']
    const { tenantId, conversationId } = await archive({
      name: 'Zoë Müller',
      email: 'zoe@example.com',
      texts,
    })
    const staff = await t.staff(tenantId)
    const { content, encoding } = await staff.downloadTranscript.query({ conversationId, format: 'pdf' })
    expect(encoding).toBe('base64')
    const pdf = Buffer.from(content, 'base64')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const written = pdfCharacters(pdf)
    for (const character of [...texts, 'Zoë Müller', 'zoe@example.com', conversationId]
      .join('')
      .replaceAll(' ', ''))
      expect(written).toContain(character)
  })

  test.each([
    ['html', 'text/html; charset=utf-8', 'html'],
    ['text', 'text/plain; charset=utf-8', 'txt'],
    ['json', 'application/json', 'json'],
    ['pdf', 'application/pdf', 'pdf'],
  ] as const)(
    'as %s has a file name that is safe anywhere and names nobody',
    async (format, mediaType, extension) => {
      const { tenantId, conversationId } = await archive({ name: '../../../etc/passwd\u202E', email: null })
      const download = await (await t.staff(tenantId)).downloadTranscript.query({ conversationId, format })
      expect(download.mediaType).toBe(mediaType)
      expect(download.filename).toBe(`conversation-2026-11-21-${conversationId.slice(-8)}.${extension}`)
    },
  )
})

test('a transcript is not found by staff of another business', async () => {
  await using t = await startTestTranscripts()
  const { tenantId, visitorId, conversationId } = addConversation(t.world)
  await t.handled(
    await t.announce(conversationClosed, { conversationId }, { tenantId, subjectId: visitorId }),
  )
  const stranger = await t.staff(randomUUID())
  t.world.businesses.set(tenantId, { name: 'Stranger', slug: 'stranger' })

  await expect(stranger.getTranscript.query({ conversationId })).rejects.toMatchObject({
    data: { reason: 'not-found' },
  })
  await expect(stranger.mailTranscript.mutate({ conversationId })).rejects.toMatchObject({
    data: { reason: 'not-found' },
  })
})

function decode(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}
