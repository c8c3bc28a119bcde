import { randomUUID } from 'node:crypto'
import { chat as chatContract } from '@candor/contracts/chat'
import { createServiceClient } from '@candor/rpc/service-client'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'
import type { TestChat } from './start-chat.ts'

let chat: TestChat
let sql: pg.Pool
let privacy: ReturnType<typeof asPrivacy>
beforeAll(async () => {
  chat = await startTestChat()
  sql = new pg.Pool({ connectionString: chat.database.superuserUrl, max: 1 })
  privacy = asPrivacy(await chat.nats.connect('privacy'))
})
afterAll(async () => {
  await sql.end()
  await chat[Symbol.asyncDispose]()
})

function asPrivacy(nats: Awaited<ReturnType<TestChat['nats']['connect']>>) {
  return createServiceClient(chatContract, { nats, self: 'privacy' })
}

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'let through',
    (err) => [err.data.reason, ...(err.data.fields ?? []).map(({ path }: { path: string }) => path)],
  )

/** A business whose numbers are German where they say no country. */
function aBusiness() {
  const tenantId = randomUUID()
  chat.openMailbox(`shop-${tenantId.slice(0, 8)}`, tenantId)
  return tenantId
}

async function add(
  tenantId: string,
  ...contacts: Parameters<typeof privacy.addContacts.mutate>[0]['contacts']
) {
  const key = randomUUID()
  return privacy.addContacts.mutate({ tenantId, key, contacts })
}

test('a contact holds name, address, number and details; the number is stored in one form, and one that cannot be is refused', async () => {
  const tenantId = aBusiness()
  const agent = await chat.staff(tenantId)
  const details = [{ label: 'Company', value: 'Analytical Engines' }]
  await add(tenantId, { name: 'Ada', email: 'ADA@example.com', phone: '(040) 12 34 56', details })
  const [ada] = (await agent.listContacts.query({})).contacts
  expect(ada).toMatchObject({ name: 'Ada', email: 'ada@example.com', phone: '+49 40 123456', details })
  const contactId = ada!.id
  expect(await refusal(agent.updateContact.mutate({ contactId, phone: '0000000' }))).toEqual([
    'bad-input',
    'phone',
  ])
  const moved = { contactId, phone: '+44 (20) 7946-0000', details: [] }
  expect(await agent.updateContact.mutate(moved)).toMatchObject({ phone: '+44 20 7946 0000', details: [] })
  const card = { name: 'Bea', details: [{ label: 'Card', value: '4242 4242 4242 4242' }] }
  await add(tenantId, card)
  expect(JSON.stringify(await agent.listContacts.query({}))).not.toContain('4242 4242')
})

test('an address stands for one contact of the staff, whoever adds it, at once or again', async () => {
  const tenantId = aBusiness()
  const agent = await chat.staff(tenantId)
  const email = 'one@example.com'
  const both = await Promise.all([add(tenantId, { email }), add(tenantId, { email, name: 'One' })])
  expect(both.map(({ added }) => added).toSorted()).toEqual([0, 1])
  const again = { tenantId, key: randomUUID(), contacts: [{ name: 'No address' }] }
  expect(await privacy.addContacts.mutate(again)).toEqual({ added: 1, known: 0 })
  expect(await privacy.addContacts.mutate(again)).toEqual({ added: 1, known: 0 })
  const { contacts } = await agent.listContacts.query({})
  expect(contacts.map(({ name }) => name)).toEqual(['No address', 'One'])
  const taken = agent.updateContact.mutate({ contactId: contacts[0]!.id, email })
  expect(await refusal(taken)).toEqual(['conflict'])
})

test('a file is taken whole or not at all, and every bad line is named', async () => {
  const tenantId = aBusiness()
  const agent = await chat.staff(tenantId)
  const csv = [
    'Name;Email;Phone;Company',
    'Ada;ada@example.com;040 123456;Engines',
    'Bob;no address;;',
    '"Cy\nrus";cy@example.com;;',
    'Dee;ada@example.com;;;',
    'Eve;ada@example.com;12;',
    'Fay;ADA@example.com;;',
  ].join('\r\n')
  const { refused } = await privacy.importContacts.mutate({ tenantId, key: randomUUID(), csv })
  expect(refused.map(({ line, field }) => [line, field])).toEqual([
    [3, 'email'],
    [5, 'name'],
    [6, 'line'],
    [7, 'phone'],
    [8, 'email'],
  ])
  expect((await agent.listContacts.query({})).contacts).toEqual([])
  const good = csv.split('\r\n').slice(0, 2).join('\n')
  const taken = { tenantId, key: randomUUID(), csv: good }
  expect(await privacy.importContacts.mutate(taken)).toEqual({ refused: [], added: 1, known: 0 })
  expect((await agent.listContacts.query({})).contacts).toMatchObject([
    { name: 'Ada', phone: '+49 40 123456', details: [{ label: 'Company', value: 'Engines' }] },
  ])
  for (const bad of ['', 'foo,bar\n1,2', 'name,email', 'name,name\na,b', 'name\n"open'])
    expect(
      (await privacy.importContacts.mutate({ tenantId, key: randomUUID(), csv: bad })).refused,
    ).toHaveLength(1)
})

test.for<[string, string]>([
  ['a spreadsheet', 'sep=;\nname;email\nAda;ada@example.com'],
  ['headings as people write them', 'Name,E-mail,Telephone\nAda,ada@example.com,'],
  ['a heading that holds another mark', '"name","email","A;B;C"\nAda,ada@example.com,x'],
])('a file of %s is read as it is meant', async ([, csv]) => {
  const tenantId = aBusiness()
  const answer = await privacy.importContacts.mutate({ tenantId, key: randomUUID(), csv })
  expect(answer).toEqual({ refused: [], added: 1, known: 0 })
  const { contacts } = await (await chat.staff(tenantId)).listContacts.query({})
  expect(contacts).toMatchObject([{ name: 'Ada', email: 'ada@example.com' }])
})

test('contacts are found by what is known of them, page by page, and those who share an address are named', async () => {
  const tenantId = aBusiness()
  const agent = await chat.staff(tenantId)
  await add(
    tenantId,
    { name: 'Ada', email: 'ada@example.com', details: [{ label: 'Company', value: 'Engines' }] },
    { name: 'Bob', phone: '+49 40 123456' },
    { email: 'nameless@example.com' },
  )
  const visitor = await chat.visitor(tenantId)
  await visitor.startConversation.mutate({ name: 'Zoe', email: 'ada@example.com', text: 'Hello' })
  const found = async (search: string) =>
    (await agent.listContacts.query({ search })).contacts.map(({ name }) => name)
  expect(await found('')).toEqual(['Ada', 'Bob', 'Zoe', null])
  expect(await found('ENGINE')).toEqual(['Ada'])
  expect(await found('40 12')).toEqual(['Bob'])
  expect(await found('%')).toEqual([])
  const first = await agent.listContacts.query({ limit: 3 })
  expect(first.hasMore).toBe(true)
  const rest = await agent.listContacts.query({ limit: 3, afterId: first.contacts[2]!.id })
  expect(rest).toMatchObject({ contacts: [{ email: 'nameless@example.com' }], hasMore: false })
  const [ada, , zoe] = first.contacts
  expect([ada!.sameAs, zoe!.sameAs]).toEqual([[zoe!.id], [ada!.id]])
  expect([ada!.conversations, zoe!.conversations]).toEqual([0, 1])
})

test('two contacts become one when an admin says so: conversations follow, and each chat still shows its own alone', async () => {
  const tenantId = aBusiness()
  const owner = await chat.staff(tenantId, randomUUID(), 'owner')
  const [one, other] = [await chat.visitor(tenantId), await chat.visitor(tenantId)]
  const kept = await one.startConversation.mutate({ name: 'Ada', email: 'ada@example.com', text: 'One' })
  const gone = await other.startConversation.mutate({ email: 'lovelace@example.com', text: 'Two' })
  const pair = { contactId: kept.conversation.contact.id, otherId: gone.conversation.contact.id }
  const agent = await chat.staff(tenantId)
  expect(await refusal(agent.mergeContacts.mutate(pair))).toEqual(['forbidden'])
  expect(await refusal(owner.mergeContacts.mutate({ ...pair, otherId: pair.contactId }))).toEqual([
    'bad-input',
    'otherId',
  ])
  const merged = await owner.mergeContacts.mutate({ ...pair, take: ['email'] })
  expect(merged).toMatchObject({
    id: pair.contactId,
    name: 'Ada',
    email: 'lovelace@example.com',
    otherEmails: ['ada@example.com'],
  })
  expect(merged.conversationIds.toSorted()).toEqual([kept.conversation.id, gone.conversation.id].toSorted())
  // The id of the one that went leads to the one it became, and nothing is merged twice.
  expect(await agent.getContact.query({ contactId: pair.otherId })).toEqual(merged)
  expect(await refusal(owner.mergeContacts.mutate(pair))).toEqual(['not-found'])
  const seen = async (who: typeof one) =>
    (await who.listConversations.query({})).conversations.map(({ id }) => id)
  expect([await seen(one), await seen(other)]).toEqual([[kept.conversation.id], [gone.conversation.id]])
  // Whoever chats on goes on as the same contact, and cannot become somebody else's.
  const next = await other.startConversation.mutate({ email: 'lovelace@example.com', text: 'Three' })
  expect(next.conversation.contact).toMatchObject({ id: pair.contactId, name: 'Ada' })
  const stranger = other.startConversation.mutate({ email: 'stranger@example.com', text: 'Four' })
  expect(await refusal(stranger)).toEqual(['conflict'])
  expect((await agent.listContacts.query({})).contacts).toHaveLength(1)
  const { rows } = await sql.query(
    `select payload from outbox where tenant_id = $1 and type = 'chat.contacts-merged'`,
    [tenantId],
  )
  expect(rows).toEqual([
    {
      payload: { contactId: pair.contactId, formerId: pair.otherId, conversationIds: [gone.conversation.id] },
    },
  ])
})

test('whoever proves one address of a merged contact has all that came from both, and its erasure leaves nothing', async () => {
  const tenantId = aBusiness()
  const owner = await chat.staff(tenantId, randomUUID(), 'owner')
  const visitorIds = [randomUUID(), randomUUID(), randomUUID()]
  const contactIds: string[] = []
  for (const [index, visitorId] of visitorIds.entries()) {
    const visitor = await chat.visitor(tenantId, visitorId)
    const email = `merged-${index}@example.com`
    const { conversation } = await visitor.startConversation.mutate({ email, text: `Secret ${index}` })
    contactIds.push(conversation.contact.id)
  }
  const [a, b, c] = contactIds as [string, string, string]
  await owner.mergeContacts.mutate({ contactId: b, otherId: c })
  await owner.mergeContacts.mutate({ contactId: a, otherId: b })
  const stranger = await chat.visitor(tenantId)
  await stranger.startConversation.mutate({ email: 'stranger@example.com', text: 'I stay' })
  for (const email of ['merged-0@example.com', 'merged-2@example.com']) {
    const asked = { tenantId, emails: [email], visitorIds: [], userIds: [] }
    const subject = await privacy.locateSubject.query({ subject: asked })
    expect(subject.visitorIds.toSorted()).toEqual(visitorIds.toSorted())
  }
  const asked = { tenantId, emails: [], visitorIds: [visitorIds[1]!], userIds: [] }
  const subject = await privacy.locateSubject.query({ subject: asked })
  expect(subject.visitorIds.toSorted()).toEqual(visitorIds.toSorted())
  const held = JSON.stringify(await privacy.exportSubject.query({ subject }))
  expect(['Secret 0', 'Secret 1', 'Secret 2', 'I stay'].map((text) => held.includes(text))).toEqual([
    true,
    true,
    true,
    false,
  ])
  const requestId = randomUUID()
  await privacy.hideSubject.mutate({ subject, requestId })
  await privacy.eraseSubject.mutate({ subject, requestId })
  expect((await privacy.searchResidue.query({ subject })).residue).toEqual([])
  expect((await owner.listContacts.query({})).contacts).toMatchObject([{ email: 'stranger@example.com' }])
})

test('a contact whose person objected to a use is not merged, and one under restriction is not there', async () => {
  const tenantId = aBusiness()
  const owner = await chat.staff(tenantId, randomUUID(), 'owner')
  await add(tenantId, { name: 'Ada' }, { name: 'Bob' }, { name: 'Cy' })
  const { contacts } = await owner.listContacts.query({})
  const [ada, bob, cy] = contacts.map(({ id }) => id) as [string, string, string]
  const known = await privacy.identifyContacts.query({ tenantId, contactIds: [ada, bob] })
  const stop = async (index: number, processing: 'marketing' | 'everything') => {
    const subject = { tenantId, emails: [], userIds: [], visitorIds: [known[index]!.visitorId] }
    const requestId = randomUUID()
    await privacy.restrictSubject.mutate({ subject, requestId, processing: [processing] })
  }
  await stop(0, 'marketing')
  await stop(1, 'everything')
  expect(await refusal(owner.mergeContacts.mutate({ contactId: cy, otherId: ada }))).toEqual(['conflict'])
  expect(await refusal(owner.mergeContacts.mutate({ contactId: cy, otherId: bob }))).toEqual(['not-found'])
  expect(await refusal(privacy.identifyContacts.query({ tenantId, contactIds: [cy, bob] }))).toEqual([
    'not-found',
  ])
})

test('a change is checked against what stands there, and one that changes nothing is left out', async () => {
  const tenantId = aBusiness()
  const agent = await chat.staff(tenantId)
  await add(tenantId, { name: 'Ada', phone: '+49 40 123456' }, { email: 'taken@example.com' })
  const contactId = (await agent.listContacts.query({ search: 'Ada' })).contacts[0]!.id
  const checked = (field: 'name' | 'email' | 'phone', to: string) =>
    privacy.checkContactChanges.query({ tenantId, changes: [{ contactId, field, to }] })
  expect(await checked('phone', '040 654321')).toMatchObject([{ from: '+49 40 123456', to: '+49 40 654321' }])
  expect(await checked('phone', '040 123456')).toEqual([])
  expect(await checked('email', 'New@example.com')).toMatchObject([{ from: null, to: 'new@example.com' }])
  expect(await refusal(checked('email', 'taken@example.com'))).toEqual(['conflict'])
  expect(await refusal(checked('phone', 'twelve'))).toEqual(['bad-input', 'changes.0.phone'])
})

test('one batch does not give two contacts of the staff the same address, nor one contact two values', async () => {
  const tenantId = aBusiness()
  const agent = await chat.staff(tenantId)
  await add(tenantId, { name: 'Ada' }, { name: 'Bob' })
  const [ada, bob] = (await agent.listContacts.query({})).contacts.map(({ id }) => id) as [string, string]
  type Change = [contactId: string, field: 'email' | 'phone', to: string]
  const checked = (...changes: Change[]) =>
    privacy.checkContactChanges.query({
      tenantId,
      changes: changes.map(([contactId, field, to]) => ({ contactId, field, to })),
    })
  const same = checked([ada, 'email', 'new@example.com'], [bob, 'email', 'NEW@example.com'])
  expect(await refusal(same)).toEqual(['conflict'])
  const twice = checked([ada, 'email', 'one@example.com'], [ada, 'email', 'two@example.com'])
  expect(await refusal(twice)).toEqual(['conflict'])
  // A household shares a number.
  expect(await checked([ada, 'phone', '+49 40 123456'], [bob, 'phone', '+49 40 123456'])).toHaveLength(2)
})
