import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChat } from '../start-chat.ts'
import type { TestChat } from '../start-chat.ts'

let chat: TestChat
let superuser: pg.Client
beforeAll(async () => {
  chat = await startTestChat()
  superuser = new pg.Client(chat.database.superuserUrl)
  await superuser.connect()
})
afterAll(async () => {
  await superuser.end()
  await chat[Symbol.asyncDispose]()
})

const card = '4242 4242 4242 4242'
const mark = '[card number removed]'
const tenantId = randomUUID()

/** Tables that hold the words anywhere. */
async function tablesWith(words: string): Promise<string[]> {
  const { rows } = await superuser.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await superuser.query(`select from ${name} t where t::text like $1`, [`%${words}%`])
    if (rowCount) found.push(name)
  }
  return found
}

test('a card number is masked before anything is stored, and whoever wrote it is told, also when they send it again', async () => {
  const visitor = await chat.visitor(tenantId)
  const agent = await chat.staff(tenantId)
  const started = await visitor.startConversation.mutate({
    name: `Mina ${card}`,
    text: `Take ${card}`,
    page: 'https://shop.example/?card=4242424242424242',
  })
  expect(started).toMatchObject({
    masked: ['card-number'],
    message: { text: `Take ${mark}` },
    conversation: { contact: { name: `Mina ${mark}` }, page: `https://shop.example/?card=${mark}` },
  })
  const conversationId = started.conversation.id
  for (const writer of [visitor, agent]) {
    const entry = { conversationId, clientMessageId: randomUUID(), text: `${card} is mine` }
    const posted = await writer.postMessage.mutate(entry)
    expect(posted).toMatchObject({ text: `${mark} is mine`, masked: ['card-number'] })
    expect(await writer.postMessage.mutate(entry)).toEqual(posted)
  }
  const { conversations } = await agent.listConversations.query({})
  expect(conversations[0]!.lastMessage).toBe(`${mark} is mine`)
  for (const words of [card, '4242424242424242']) expect(await tablesWith(words)).toEqual([])
})

test('what has nothing of it is stored as written, and says so', async () => {
  const visitor = await chat.visitor(tenantId)
  const text = 'Order 1004417 of 2026-11-20 14:05, call +49 30 1234 5678'
  expect(await visitor.startConversation.mutate({ text })).toMatchObject({ masked: [], message: { text } })
})

test('an address or telephone number that holds one is refused at its field, and a corrected name is masked', async () => {
  const visitor = await chat.visitor(tenantId)
  const agent = await chat.staff(tenantId)
  const refused = (call: Promise<unknown>) =>
    call.then(
      () => [],
      (err: { data: { fields: { path: string }[] } }) => err.data.fields.map(({ path }) => path),
    )
  const email = '4242424242424242@example.org'
  expect(await refused(visitor.startConversation.mutate({ email, text: 'Hello' }))).toEqual(['email'])
  const { conversation } = await visitor.startConversation.mutate({ text: 'Hello' })
  const contactId = conversation.contact.id
  expect(await refused(agent.updateContact.mutate({ contactId, email }))).toEqual(['email'])
  expect(await refused(agent.updateContact.mutate({ contactId, phone: card }))).toEqual(['phone'])
  expect(await agent.updateContact.mutate({ contactId, name: `Visa ${card}` })).toMatchObject({
    name: `Visa ${mark}`,
    masked: ['card-number'],
  })
  expect(await tablesWith(card)).toEqual([])
})
