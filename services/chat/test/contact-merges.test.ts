import { randomUUID } from 'node:crypto'
import { chat as chatContract } from '@candor/contracts/chat'
import { createServiceClient } from '@candor/rpc/service-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'
import type { TestChat } from './start-chat.ts'

let chat: TestChat
let privacy: ReturnType<typeof asPrivacy>
beforeAll(async () => {
  chat = await startTestChat()
  privacy = asPrivacy(await chat.nats.connect('privacy'))
})
afterAll(() => chat[Symbol.asyncDispose]())

function asPrivacy(nats: Awaited<ReturnType<TestChat['nats']['connect']>>) {
  return createServiceClient(chatContract, { nats, self: 'privacy' })
}

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'let through',
    (err) => err.data.reason,
  )

/** The ids of contacts whose visitors came with these addresses. */
async function come(tenantId: string, ...emails: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const email of emails) {
    const visitor = await chat.visitor(tenantId)
    const { conversation } = await visitor.startConversation.mutate({ email, text: `From ${email}` })
    ids.push(conversation.contact.id)
  }
  return ids
}

async function whoHas(tenantId: string, email: string): Promise<number> {
  const subject = { tenantId, emails: [email], visitorIds: [], userIds: [] }
  return (await privacy.locateSubject.query({ subject })).visitorIds.length
}

test('a wrong address of two merged contacts leads to neither once it is corrected or taken away', async () => {
  for (const right of ['right@example.com', null]) {
    const tenantId = randomUUID()
    const owner = await chat.staff(tenantId, randomUUID(), 'owner')
    const [contactId, otherId] = (await come(tenantId, 'wrong@example.com', 'wrong@example.com')) as [
      string,
      string,
    ]
    await owner.mergeContacts.mutate({ contactId, otherId })
    const corrected = await owner.updateContact.mutate({ contactId, email: right })
    expect(corrected).toMatchObject({ email: right, otherEmails: [] })
    expect(await whoHas(tenantId, 'wrong@example.com')).toBe(0)
  }
})

test('a main address is never kept as a further one, and other further ones stay', async () => {
  const tenantId = randomUUID()
  const owner = await chat.staff(tenantId, randomUUID(), 'owner')
  const emails = ['a@example.com', 'b@example.com', 'b@example.com', 'c@example.com']
  const [contactId, ...others] = (await come(tenantId, ...emails)) as [string, ...string[]]
  const [b, sameB, c] = others as [string, string, string]
  await owner.mergeContacts.mutate({ contactId, otherId: c })
  await owner.mergeContacts.mutate({ contactId, otherId: b })
  await owner.mergeContacts.mutate({ contactId, otherId: sameB, take: ['email'] })
  const corrected = await owner.updateContact.mutate({ contactId, email: 'right@example.com' })
  expect(corrected.otherEmails).toEqual(['a@example.com', 'c@example.com'])
  expect(await whoHas(tenantId, 'b@example.com')).toBe(0)
  // One that is made the main one and then goes is gone as well.
  await owner.updateContact.mutate({ contactId, email: 'c@example.com' })
  await owner.updateContact.mutate({ contactId, email: null })
  expect(await whoHas(tenantId, 'c@example.com')).toBe(0)
  expect(await whoHas(tenantId, 'a@example.com')).toBe(4)
})

test('merges in a circle at once end with one contact each time, and the rest are told why not', async () => {
  const tenantId = randomUUID()
  const owner = await chat.staff(tenantId, randomUUID(), 'owner')
  for (let turn = 0; turn < 6; turn++) {
    const emails = [0, 1, 2, 3, 4, 5].map((index) => `circle-${turn}-${index}@example.com`)
    const ids = await come(tenantId, ...emails)
    const [a, b, c] = ids as [string, string, string]
    for (const [index, contactId] of [a, b, c].entries())
      await owner.mergeContacts.mutate({ contactId, otherId: ids[index + 3]! })
    const pairs = [
      [a, b],
      [b, c],
      [c, a],
      [b, a],
    ] as const
    const ends = await Promise.all([
      ...pairs.map(([contactId, otherId]) => refusal(owner.mergeContacts.mutate({ contactId, otherId }))),
      ...[a, b, c].map((contactId) =>
        refusal(owner.updateContact.mutate({ contactId, email: `new-${contactId}@example.com` })),
      ),
    ])
    expect(ends.filter((end) => end !== 'let through' && end !== 'not-found')).toEqual([])
    expect(ends).toContain('let through')
  }
})
