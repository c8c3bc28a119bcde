import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMailSink } from '@candor/local/mail-sink/mail-sink'
import { imsupporting } from '@candor/policy/packs/imsupporting'
import { fixedPolicies } from '@candor/testing/fixed-policies'
import { settle } from '@candor/testing/settle'
import { createTransport } from 'nodemailer'
import type { SendMailOptions } from 'nodemailer'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'

let chat: Awaited<ReturnType<typeof startTestChat>>
let outside: Awaited<ReturnType<typeof startMailSink>>
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-mail-'))
  outside = await startMailSink({ folder })
  chat = await startTestChat({
    policies: fixedPolicies(() => imsupporting.policy),
    smtpUrl: outside.smtpUrl,
    conversationsPerHourMax: 3,
  })
})
afterAll(async () => {
  await chat[Symbol.asyncDispose]()
  await outside.stop()
  await rm(folder, { recursive: true })
})

/** A business with a mailbox, somebody who writes to it, and an agent. */
async function aShop() {
  const tenantId = randomUUID()
  const slug = `shop-${tenantId.slice(0, 8)}`
  chat.openMailbox(slug, tenantId)
  const transport = createTransport({ host: '127.0.0.1', port: chat.mailPort, ignoreTLS: true })
  const agent = await chat.staff(tenantId)
  const address = `${slug}@in.example.com`
  return {
    tenantId,
    agent,
    address,
    write: (mail: SendMailOptions) =>
      transport.sendMail({ from: '"Mia Mailer" <mia@example.net>', to: address, ...mail }),
    list: async () => (await agent.listConversations.query({ channel: 'mail' })).conversations,
    texts: async (conversationId: string) =>
      (await agent.listMessages.query({ conversationId })).messages.map(({ author, text }) => [
        author.kind,
        text,
      ]),
  }
}

test('a mail becomes a conversation with who wrote it, once by its Message-ID', async () => {
  const shop = await aShop()
  const mail = { messageId: '<first@example.net>', subject: 'Blue bicycle', text: 'Is it in stock?\n\nMia' }
  await Promise.all([shop.write(mail), shop.write(mail)])
  await shop.write(mail)
  const [conversation, ...more] = await shop.list()
  expect(more).toEqual([])
  expect(conversation).toMatchObject({
    channel: 'mail',
    status: 'waiting',
    contact: { name: 'Mia Mailer', email: 'mia@example.net' },
  })
  expect(await shop.texts(conversation!.id)).toEqual([['visitor', 'Blue bicycle\n\nIs it in stock?\n\nMia']])
})

test("an agent's answer goes out as a mail that threads, and what comes back to it is in the conversation, in order", async () => {
  const shop = await aShop()
  await shop.write({ messageId: '<one@example.net>', subject: 'Opening hours', text: 'When?' })
  const [conversation] = await shop.list()
  const conversationId = conversation!.id
  await shop.agent.takeConversation.mutate({ conversationId })
  const post = { conversationId, clientMessageId: randomUUID(), text: 'From nine to five' }
  await shop.agent.postMessage.mutate(post)
  await shop.agent.postMessage.mutate(post)
  const answer = await settle(async () => {
    const sent = outside.messages.filter(({ headers }) => headers['from']!.includes(shop.address))
    expect(sent).toHaveLength(1)
    return sent[0]!
  })
  expect(answer).toMatchObject({ to: ['mia@example.net'], subject: 'Re: Opening hours' })
  expect(answer.text.trim()).toBe('From nine to five')
  expect(answer.headers).toMatchObject({
    'in-reply-to': '<one@example.net>',
    references: '<one@example.net>',
  })
  const messageId = answer.headers['message-id']!
  await shop.write({
    inReplyTo: messageId,
    references: messageId,
    subject: 'Re: Opening hours',
    text: 'Thanks!',
  })
  expect(await shop.list()).toHaveLength(1)
  expect(await shop.texts(conversationId)).toEqual([
    ['visitor', 'Opening hours\n\nWhen?'],
    ['staff', ''],
    ['staff', 'From nine to five'],
    ['visitor', 'Thanks!'],
  ])
})

test('who knows the Message-ID of another gets no place in their conversation, nor does an answer to a closed one', async () => {
  const shop = await aShop()
  await shop.write({ messageId: '<mine@example.net>', text: 'Mine' })
  const conversationId = (await shop.list())[0]!.id
  await shop.write({ from: 'eve@example.org', inReplyTo: '<mine@example.net>', text: 'Let me in' })
  expect(await shop.texts(conversationId)).toHaveLength(1)
  await shop.agent.closeConversation.mutate({ conversationId })
  await shop.write({ inReplyTo: '<mine@example.net>', text: 'One more thing' })
  expect((await shop.list()).map(({ status }) => status).toSorted()).toEqual(['closed', 'waiting', 'waiting'])
})

test('HTML becomes text, files are named and dropped, a long mail is several messages, and a card number is masked', async () => {
  const shop = await aShop()
  await shop.write({
    subject: 'Order',
    html: '<style>p { color: red }</style><p>Hello <b>you</b>,</p><script>alert(1)</script><p>card 4242 4242 4242 4242</p>',
    attachments: [{ filename: 'photo.jpg', content: 'bytes' }],
  })
  const [first] = await shop.list()
  const [[, text]] = (await shop.texts(first!.id)) as [[string, string]]
  expect(text).toMatch(/^Order\n\nHello you,\n\ncard /)
  expect(text).toMatch(/\[Not kept: photo\.jpg\]$/)
  for (const word of ['4242 4242', 'alert', 'color', '<']) expect(text).not.toContain(word)
  const long = Array.from({ length: 2_000 }, (_, n) => `word${n}`).join(' ')
  await shop.write({ text: long })
  const [second] = await shop.list()
  const pieces = (await shop.texts(second!.id)).map(([, piece]) => piece)
  expect(pieces.length).toBeGreaterThan(3)
  expect(pieces.join(' ')).toBe(long)
})

test.each([
  ['an automatic answer', { headers: { 'Auto-Submitted': 'auto-replied' } }],
  ['a newsletter', { headers: { Precedence: 'bulk' } }],
  ['a mail that one of ours set off', { messageId: `<${randomUUID()}@candor>` }],
  ['a report from a mail server', { envelope: { from: '' } }],
])('%s is taken and begins nothing, so that no two programs write to each other', async (_, mail) => {
  const shop = await aShop()
  const envelope = 'envelope' in mail ? { envelope: { ...mail.envelope, to: shop.address } } : {}
  await shop.write({ text: 'I am away', ...mail, ...envelope })
  expect(await shop.list()).toEqual([])
})

test('mail to nobody, from nobody, too large or too often is refused, and the rest is put off and not lost', async () => {
  const shop = await aShop()
  const refused = (mail: SendMailOptions) =>
    shop.write({ text: 'Hello', ...mail }).then(
      () => 'taken',
      ({ responseCode }: { responseCode: number }) => responseCode,
    )
  expect(await refused({ to: 'nobody@in.example.com' })).toBe(550)
  expect(await refused({ to: shop.address.replace('in.example.com', 'elsewhere.example') })).toBe(550)
  expect(await refused({ from: undefined, envelope: { from: 'a@example.net', to: shop.address } })).toBe(550)
  expect(await refused({ text: 'x'.repeat(11_000_000) })).toBe(552)
  for (let n = 0; n < 3; n++) expect(await refused({})).toBe('taken')
  expect(await refused({})).toBe(452)

  const superuser = new pg.Client(chat.database.superuserUrl)
  await superuser.connect()
  await superuser.query('alter table mails rename to mails_away')
  const mail = { from: 'late@example.net', messageId: '<late@example.net>', text: 'Late' }
  expect(await refused(mail)).toBe(451)
  await superuser.query('alter table mails_away rename to mails')
  await superuser.end()
  expect(await refused(mail)).toBe('taken')
  expect((await shop.list()).filter(({ contact }) => contact.email === 'late@example.net')).toHaveLength(1)
})
