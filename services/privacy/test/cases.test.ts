import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testRules } from './test-rules.ts'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy({
    policies: testRules(() => privacy.clock.now()),
    limits: { REQUESTS_PER_HOUR_REMOTE_MAX: 30 },
  })
})
afterAll(() => privacy[Symbol.asyncDispose]())

const open = (message: string, email?: string) =>
  privacy.as().openCase.mutate({ business: 'shop', topic: 'question', message, ...(email ? { email } : {}) })

const letterTo = (to: string, part: string) =>
  settle(async () => {
    for (const letter of privacy.mailbox.letters) {
      const text = (await letter.mail).text ?? ''
      if (letter.to === to && text.includes(part)) return text
    }
    throw new Error(`no letter to ${to} with ${part}`)
  })

test('a message from the page reaches the team and the officer as a case with a reference', async () => {
  const { reference, state } = await open('Who is your\nprovider?', 'ada@example.org')
  expect(state).toBe('open')
  for (const to of ['privacy@shop.example', 'officer@shop.example'])
    expect(await letterTo(to, reference)).toContain('Who is your')
  expect(await letterTo('ada@example.org', reference)).toContain('received your message')
  const owner = await privacy.staff('shop', 'owner')
  expect(await owner.listCases.query({ state: 'open' })).toContainEqual(
    expect.objectContaining({ reference, email: 'ada@example.org', message: 'Who is your\nprovider?' }),
  )
})

test('anybody is told whom the notice names for questions', async () => {
  const contact = await privacy.as().getContact.query({ business: 'shop' })
  expect(contact).toMatchObject({
    email: 'privacy@shop.example',
    officer: { email: 'officer@shop.example' },
  })
  expect(await refusal(privacy.as().getContact.query({ business: 'nobody' }))).toBe('not-found')
})

test('an answer goes to the address that was left, and the reference tells how far it is', async () => {
  const { reference } = await open('Where is my data?', 'bob@example.org')
  const owner = await privacy.staff('shop', 'owner')
  const found = (await owner.listCases.query({})).find((one) => one.reference === reference)!
  await owner.answerCase.mutate({ caseId: found.id, text: 'In Germany.' })
  expect(await letterTo('bob@example.org', 'In Germany.')).toBeTruthy()
  const status = () => privacy.as().getCaseStatus.query({ business: 'shop', reference })
  expect(await status()).toMatchObject({ state: 'answered' })
  await owner.closeCase.mutate({ caseId: found.id })
  expect(await owner.closeCase.mutate({ caseId: found.id })).toMatchObject({ state: 'closed' })
  expect(await status()).toMatchObject({ state: 'closed' })
  expect(await refusal(owner.answerCase.mutate({ caseId: found.id, text: 'More.' }))).toBe('closed')
})

test('a case is not found by another business, nor by a reference that nobody was given', async () => {
  const { reference } = await open('Hello?')
  const owner = await privacy.staff('shop', 'owner')
  const { id } = (await owner.listCases.query({})).find((one) => one.reference === reference)!
  const rival = await privacy.staff('rival', 'owner')
  expect(await rival.listCases.query({})).toEqual([])
  expect(await refusal(rival.closeCase.mutate({ caseId: id }))).toBe('not-found')
  expect(await refusal(rival.answerCase.mutate({ caseId: id, text: 'x' }))).toBe('not-found')
  const ask = (business: string, ref: string) =>
    privacy.as().getCaseStatus.query({ business, reference: ref })
  expect(await refusal(ask('rival', reference))).toBe('not-found')
  expect(await refusal(ask('shop', 'P-22222-22222-22222-22222'))).toBe('not-found')
})

test('an erasure takes the cases of its person along', async () => {
  const { reference } = await open('I am eve@example.org', 'eve@example.org')
  const { client, request } = await privacy.prove('erasure', 'eve@example.org')
  await privacy.completed(client, request.id)
  const owner = await privacy.staff('shop', 'owner')
  expect((await owner.listCases.query({})).map((one) => one.reference)).not.toContain(reference)
})

test('who opens one case after another is held back', async () => {
  let refused = ''
  for (let i = 0; i < 40 && !refused; i++)
    refused = await open('Again').then(
      () => '',
      (err) => err.data.reason,
    )
  expect(refused).toBe('too-many')
})
