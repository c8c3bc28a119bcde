import { randomUUID } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { platformOf } from '../conformance/platform.ts'
import { canary, inboxOf, openBusiness, proveRequest, visit } from '../conformance/world.ts'
import type { OpenPlace } from '../conformance/world.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { until } from '../story/until.ts'

/**
 * People with a word of their own in every field that asks about them, by every way in. `CANARY_PEOPLE=1000` is what was
 * asked of it; every other one of them is erased.
 */
const people = Number(process.env.CANARY_PEOPLE ?? 4)

let stack: Stack
let world: OpenPlace
beforeAll(async () => {
  const noLimit = '1000000'
  stack = await startStack({
    REQUESTS_PER_HOUR_REMOTE_MAX: noLimit,
    VISITOR_SESSIONS_PER_HOUR_MAX: noLimit,
  })
  const platform = platformOf(stack)
  world = { ...platform, pack: 'candor', business: await openBusiness(platform) }
})
afterAll(() => stack[Symbol.asyncDispose]())

test(
  `of ${people} people each is told all of their own and nothing of another, and of the erased no word is left anywhere`,
  async () => {
    const [gone, kept] = [canary('gone'), canary('kept')]
    const all = Array.from({ length: people }, (_, number) => personNumber(number, number % 2 ? kept : gone))
    await eachOf(all, leaveWords)
    const before = await world.search([gone])
    expect(before).toEqual(
      expect.arrayContaining(['chat.contacts', 'privacy.cases', 'transcripts.transcripts']),
    )

    await eachOf(all, (person) => expectWholeAnswer(person, all))
    const [erased, others] = [
      all.filter(({ mark }) => mark === gone),
      all.filter(({ mark }) => mark === kept),
    ]
    await eachOf(erased, async ({ email }) =>
      (await proveRequest(world, 'erasure', email)).reached('completed'),
    )
    await until(
      `nothing of the erased to be left: ${(await world.search([gone])).join(', ')}`,
      async () => (await world.search([gone])).length === 0,
    )
    await eachOf(others, (person) => expectWholeAnswer(person, all))
  },
  60_000 + people * 5_000,
)

/** Words that stand nowhere else, each with the mark in it. */
function personNumber(number: number, mark: string) {
  const word = (field: string) => `${mark}${field}${number}x`
  const words = {
    email: `${word('mail')}@example.net`,
    name: word('name'),
    first: word('first'),
    next: word('next'),
    answer: word('answer'),
    letter: word('letter'),
    call: word('call'),
    question: word('question'),
  }
  return { mark, words, email: words.email }
}

/** By chat, mail and telephone, and to the privacy team. */
async function leaveWords({ words }: Person): Promise<void> {
  const { email, name, first, next, answer, letter, call, question } = words
  const [asVisitor, asAgent] = [await visit(world), await world.business.agent()]
  const { conversation } = await asVisitor.chat.startConversation.mutate({ name, email, text: first })
  const conversationId = conversation.id
  await asVisitor.chat.postMessage.mutate({ conversationId, clientMessageId: randomUUID(), text: next })
  await asAgent.chat.postMessage.mutate({ conversationId, clientMessageId: randomUUID(), text: answer })
  await asAgent.chat.closeConversation.mutate({ conversationId })
  await createTransport(stack.smtpUrl).sendMail({
    from: { name, address: email },
    to: inboxOf(world),
    text: letter,
  })
  await asAgent.chat.recordConversation.mutate({
    recordKey: randomUUID(),
    channel: 'call',
    contact: { name, email },
    entries: [{ from: 'visitor', text: call, at: world.now().toISOString() }],
  })
  await asVisitor.privacy.openCase.mutate({
    business: world.business.slug,
    topic: 'question',
    message: question,
    name,
    email,
  })
  await until('the letter to stand in the inbox', async () => {
    const { conversations } = await asAgent.chat.listConversations.query({ channel: 'mail' })
    return conversations.some(({ contact }) => contact.email === email)
  })
}

async function expectWholeAnswer(person: Person, all: Person[]): Promise<void> {
  const { requestId, asSubject } = await proveRequest(world, 'access', person.email)
  const answer = JSON.stringify(await asSubject.privacy.getAccessAnswer.query({ requestId }))
  for (const word of wordsOf(person)) expect(answer).toContain(word)
  const others = all.filter((other) => other !== person).flatMap(wordsOf)
  expect(others.filter((word) => answer.includes(word))).toEqual([])
}

const wordsOf = ({ words }: Person) => Object.values(words)

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

type Person = ReturnType<typeof personNumber>
