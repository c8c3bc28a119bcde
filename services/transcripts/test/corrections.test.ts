import { randomUUID } from 'node:crypto'
import { contactChanged, contactsMerged, conversationClosed } from '@candor/contracts/chat/events'
import { staffChanged } from '@candor/contracts/identity/events'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addConversation, startTestTranscripts } from './start-transcripts.ts'
import type { TestTranscripts } from './start-transcripts.ts'

describe('a correction', () => {
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
  const correct = async (
    added: Awaited<ReturnType<typeof archive>>,
    contact: { name: string | null; email: string | null },
  ) => {
    const { tenantId, visitorId, contactId, conversationId, record } = added
    record.contact = { id: contactId, ...contact }
    const payload = { contactId, conversationIds: [conversationId] }
    await t.handled(await t.announce(contactChanged, payload, { tenantId, subjectId: visitorId }))
  }

  test('of a contact reaches every transcript of theirs, and the old value is nowhere left', async () => {
    const first = await archive({ name: 'Oldname', email: 'old@example.com' })
    const { tenantId, visitorId, contactId } = first
    const second = await archive({
      tenantId,
      visitorId,
      contactId,
      name: 'Oldname',
      email: 'old@example.com',
    })
    await t.lettersSent()
    second.record.contact = { id: contactId, name: 'Newname', email: 'new@example.com' }
    await correct(first, { name: 'Newname', email: 'new@example.com' })

    const staff = await t.staff(tenantId)
    for (const { conversationId } of [first, second]) {
      const transcript = await staff.getTranscript.query({ conversationId })
      expect(transcript.contact).toEqual({ name: 'Newname', email: 'new@example.com' })
      expect(transcript.entries[0]!.author).toEqual({ kind: 'visitor', name: 'Newname' })
    }
    expect((await staff.searchTranscripts.query({ query: 'newname' })).hits).toHaveLength(2)
    for (const query of ['oldname', 'old@example.com']) {
      expect((await staff.searchTranscripts.query({ query })).hits).toHaveLength(0)
    }
    const subject = { tenantId, emails: ['old@example.com'], visitorIds: [], userIds: [] }
    expect((await t.asPrivacy.searchResidue.query({ subject })).residue).toEqual([])
  })

  test('by which two contacts become one puts their transcripts under the one that is left, each with its own visitor', async () => {
    const stays = await archive({ name: 'Ada', email: 'ada@example.com' })
    const { tenantId, contactId, conversationId } = stays
    const goes = await archive({ tenantId, name: null, email: 'lovelace@example.com' })
    await t.lettersSent()
    for (const { record } of [stays, goes])
      record.contact = { id: contactId, name: 'Ada', email: 'lovelace@example.com' }
    const payload = { contactId, formerId: goes.contactId, conversationIds: [goes.conversationId] }
    await t.handled(await t.announce(contactsMerged, payload, { tenantId, subjectId: stays.visitorId }))
    const staff = await t.staff(tenantId)
    for (const id of [conversationId, goes.conversationId])
      expect(await staff.getTranscript.query({ conversationId: id })).toMatchObject({
        contact: { name: 'Ada', email: 'lovelace@example.com' },
      })
    const subject = { tenantId, emails: [], visitorIds: [goes.visitorId], userIds: [] }
    const transcripts = await t.asPrivacy.exportTranscripts.query({ subject })
    expect(transcripts.map((one) => [one.conversationId, one.contactId])).toEqual([
      [goes.conversationId, contactId],
    ])
  })

  test('that takes the address away ends the copies', async () => {
    const added = await archive({ email: 'gone@example.com' })
    await t.lettersSent()
    await correct(added, { name: null, email: null })

    const staff = await t.staff(added.tenantId)
    await expect(staff.mailTranscript.mutate({ conversationId: added.conversationId })).rejects.toMatchObject(
      {
        data: { reason: 'no-address' },
      },
    )
  })

  test('of the address turns letters that wait for the mail server to the new one', async () => {
    t.mailbox.refuse(true)
    const added = await archive({ email: 'wrong@example.com' })
    await settle(() => expect(t.mailbox.refused()).toContain('wrong@example.com'))
    await correct(added, { name: 'Anna Example', email: 'right@example.com' })
    t.mailbox.refuse(false)
    await settle(() => {
      t.clock.advance(60_000)
      expect(t.mailbox.letters.some(({ to }) => to.includes('right@example.com'))).toBe(true)
    })
    expect(t.mailbox.letters.some(({ to }) => to.includes('wrong@example.com'))).toBe(false)
  })

  test('that takes the address away withdraws letters that wait, and empties them', async () => {
    t.mailbox.refuse(true)
    const added = await archive({ email: 'withdrawn@example.com', texts: ['my secret'] })
    await settle(() => expect(t.mailbox.refused()).toContain('withdrawn@example.com'))
    await correct(added, { name: null, email: null })
    t.mailbox.refuse(false)
    await settle(async () => {
      t.clock.advance(60_000)
      expect((await t.sql.query('select from mail_schedule')).rows).toHaveLength(0)
    })
    expect(t.mailbox.letters.some(({ to }) => to.includes('withdrawn@example.com'))).toBe(false)
    const { rows } = await t.sql.query(
      "select from mail_queue where html like '%my secret%' or text like '%my secret%'",
    )
    expect(rows).toHaveLength(0)
  })

  test("of a colleague's name reaches what they wrote, and nobody else's", async () => {
    const agentId = randomUUID()
    const added = await archive({ agentId, email: null })
    const other = await archive({ tenantId: added.tenantId, email: null })
    t.world.staffNames.set(agentId, 'Sam Married')
    await t.handled(
      await t.announce(staffChanged, { userId: agentId }, { tenantId: added.tenantId, subjectId: agentId }),
    )

    const staff = await t.staff(added.tenantId)
    const authors = async (conversationId: string) =>
      (await staff.getTranscript.query({ conversationId })).entries.map(
        ({ author }) => 'name' in author && author.name,
      )
    expect(await authors(added.conversationId)).toEqual(['Anna Example', 'Sam Married'])
    expect(await authors(other.conversationId)).toEqual(['Anna Example', 'Sam Staff'])
  })
})
