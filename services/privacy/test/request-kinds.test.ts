import { randomUUID } from 'node:crypto'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

let count = 0

/** A person of whom each of the four services holds a row. */
function makePerson(slug = 'shop') {
  const tenantId = privacy.business(slug).id
  const [email, visitorId] = [`kind-${++count}@example.org`, randomUUID()]
  for (const { rows } of Object.values(privacy.holders))
    rows.push({ tenantId, email, visitorId, text: 'one', name: 'Ida' })
  return { email, visitorId }
}

const rowsOf = (visitorId: string) =>
  Object.values(privacy.holders).flatMap(({ rows }) => rows.filter((row) => row.visitorId === visitorId))
const restrictionsOf = (visitorId: string) =>
  Object.values(privacy.holders).flatMap(({ restrictions }) =>
    restrictions.filter((one) => one.visitorId === visitorId),
  )
const letterTo = (to: string, subject: RegExp) =>
  settle(async () => {
    for (const letter of privacy.mailbox.letters) {
      const mail = await letter.mail
      if (letter.to === to && subject.test(mail.subject ?? '')) return mail.text ?? ''
    }
    throw new Error(`no letter to ${to}`)
  })

const correction = { field: 'name', from: 'Ida', to: 'Ada' } as const

test('a correction that staff approve changes the value in every service and tells requester and recipients', async () => {
  const { email, visitorId } = makePerson()
  const bystander = makePerson()
  const { client, request } = await privacy.prove('correction', email, 'shop', { correction })
  expect(request).toMatchObject({ state: 'awaiting-decision', details: { correction } })
  expect(rowsOf(visitorId).map(({ name }) => name)).not.toContain('Ada')

  const admin = await privacy.staff('shop', 'admin')
  const decision = {
    outcome: 'approved' as const,
    reason: 'You are right',
    recipients: ['partner@example.net'],
  }
  await admin.decideRequest.mutate({ requestId: request.id, ...decision })
  const done = await privacy.completed(client, request.id)
  expect(done).toMatchObject({ decision: { outcome: 'approved', reason: 'You are right' }, details: null })
  expect(rowsOf(visitorId).map(({ name }) => name)).toEqual(['Ada', 'Ada', 'Ada', 'Ada'])
  expect(rowsOf(bystander.visitorId).map(({ name }) => name)).toEqual(['Ida', 'Ida', 'Ida', 'Ida'])
  expect(await letterTo(email, /has approved/)).toContain('You are right')
  await letterTo(email, /has corrected/)
  expect(await letterTo('partner@example.net', /correction/i)).toMatch(/Wrong: Ida[^]*Right: Ada/)
  expect(await privacy.query('select from request_details where request_id = $1', [request.id])).toEqual([])
})

test('a correction that staff refuse changes nothing and tells the reason', async () => {
  const { email, visitorId } = makePerson()
  const { client, request } = await privacy.prove('ccpa-correct', email, 'shop', { correction })
  const owner = await privacy.staff('shop', 'owner')
  const refused = { requestId: request.id, outcome: 'refused', reason: 'It is Ida on the invoice' } as const
  expect(await owner.decideRequest.mutate(refused)).toMatchObject({ state: 'refused' })
  expect(await refusal(owner.decideRequest.mutate(refused))).toBe('conflict')
  expect(await client.getRequest.query({ requestId: request.id })).toMatchObject({
    decision: { outcome: 'refused', reason: 'It is Ida on the invoice' },
    completedAt: null,
  })
  expect(rowsOf(visitorId).map(({ name }) => name)).toEqual(['Ida', 'Ida', 'Ida', 'Ida'])
  expect(await letterTo(email, /has refused/)).toMatch(/It is Ida on the invoice[^]*supervisory authority/)
})

test('a correction needs to say what is wrong, and a value that its field can hold', async () => {
  const open = (input: object) =>
    privacy
      .as()
      .openRequest.mutate({ business: 'shop', kind: 'correction', email: 'a@example.org', ...input })
  expect(await refusal(open({}))).toBe('bad-input')
  expect(await refusal(open({ correction: { field: 'email', from: 'a@example.org', to: 'nobody' } }))).toBe(
    'bad-input',
  )
})

test('a restriction is in force in every service until its person lifts it', async () => {
  const { email, visitorId } = makePerson()
  const { client, request } = await privacy.prove('restriction', email)
  const restricted = await privacy.completed(client, request.id)
  expect(restricted.inForce).toMatchObject({ until: null })
  expect(restrictionsOf(visitorId)).toHaveLength(4)
  expect(restrictionsOf(visitorId)[0]!.processing).toEqual(['everything'])

  await client.liftRestriction.mutate({ requestId: request.id })
  await settle(() => expect(restrictionsOf(visitorId)).toEqual([]))
  await settle(async () =>
    expect(await client.getRequest.query({ requestId: request.id })).toMatchObject({
      state: 'completed',
      inForce: { until: expect.any(String) },
    }),
  )
  expect(await refusal(client.liftRestriction.mutate({ requestId: request.id }))).toBe('conflict')
})

test('staff lift a restriction only with a reason and three days after the requester was told', async () => {
  const { email, visitorId } = makePerson()
  const { client, request } = await privacy.prove('restriction', email)
  await privacy.completed(client, request.id)
  const admin = await privacy.staff('shop', 'admin')
  const requestId = request.id
  expect(await refusal(admin.liftRestriction.mutate({ requestId }))).toBe('conflict')
  await admin.liftRestriction.mutate({ requestId, reason: 'The dispute is settled' })
  expect(await letterTo(email, /will lift/)).toContain('The dispute is settled')
  expect(await refusal(admin.liftRestriction.mutate({ requestId, reason: 'again' }))).toBe('conflict')
  privacy.clock.advance(3 * 86_400_000 - 60_000)
  expect(restrictionsOf(visitorId)).toHaveLength(4)
  privacy.clock.advance(120_000)
  await settle(() => expect(restrictionsOf(visitorId)).toEqual([]), 15_000)
})

test('an objection stops the named processing at once; staff may refuse it with compelling grounds', async () => {
  const { email, visitorId } = makePerson()
  const objection = { processing: ['mail-copies', 'statistics'] as const, reason: 'I share my mailbox' }
  const { client, request } = await privacy.prove('objection', email, 'shop', {
    objection: { ...objection, processing: [...objection.processing] },
  })
  const waiting = await privacy.reached(client, request.id, 'awaiting-decision')
  expect(waiting).toMatchObject({ inForce: { until: null }, details: { objection } })
  expect(restrictionsOf(visitorId)[0]!.processing).toEqual(objection.processing)
  const admin = await privacy.staff('shop', 'admin')
  await admin.decideRequest.mutate({ requestId: request.id, outcome: 'refused', reason: 'A claim in court' })
  const refused = await privacy.reached(client, request.id, 'refused')
  expect(refused).toMatchObject({ inForce: { until: expect.any(String) } })
  expect(restrictionsOf(visitorId)).toEqual([])
})

test('an objection that nobody decides stands once its time is over', async () => {
  const { email, visitorId } = makePerson()
  const { request } = await privacy.prove('objection', email, 'shop', {
    objection: { processing: ['statistics'], reason: '' },
  })
  const admin = await privacy.staff('shop', 'admin')
  await privacy.reached(admin, request.id, 'awaiting-decision')
  privacy.clock.set(request.dueAt!)
  const later = await privacy.staff('shop', 'admin')
  const done = await settle(async () => {
    const now = await later.getRequest.query({ requestId: request.id })
    expect(now.state).toBe('completed')
    return now
  }, 15_000)
  expect(done).toMatchObject({ inForce: { until: null }, decision: { outcome: 'approved' } })
  expect(restrictionsOf(visitorId)).toHaveLength(4)
})

test.each(['marketing-opt-out', 'ccpa-opt-out', 'objection'] as const)(
  'marketing stops by %s, and there is nothing to decide about it',
  async (kind) => {
    const { email, visitorId } = makePerson()
    const details =
      kind === 'objection' ? { objection: { processing: ['marketing' as const], reason: '' } } : {}
    const { client, request } = await privacy.prove(kind, email, 'shop', details)
    await privacy.completed(client, request.id)
    for (const { processing } of restrictionsOf(visitorId)) expect(processing).toContain('marketing')
    const admin = await privacy.staff('shop', 'admin')
    const refused = { requestId: request.id, outcome: 'refused', reason: 'no' } as const
    expect(await refusal(admin.decideRequest.mutate(refused))).toBe('conflict')
    expect(restrictionsOf(visitorId)).toHaveLength(4)
  },
)

test('a deactivation closes accounts and sessions and leaves the records', async () => {
  const { email, visitorId } = makePerson()
  const { client, request } = await privacy.prove('deactivation', email)
  await privacy.completed(client, request.id)
  expect(privacy.endedAccounts.at(-1)).toMatchObject({
    visitorIds: expect.arrayContaining([visitorId]),
    remove: false,
  })
  expect(rowsOf(visitorId)).toHaveLength(4)
})

test('a minor reported by a parent is hidden at once, erased by decision, and leaves a receipt', async () => {
  const child = makePerson()
  const parent = makePerson()
  const minor = { email: child.email, reporter: 'parent' } as const
  const { client, request } = await privacy.prove('minor-report', parent.email, 'shop', { minor })
  const closed = await privacy.reached(client, request.id, 'awaiting-decision')
  expect(closed.inForce).not.toBeNull()
  expect(restrictionsOf(child.visitorId)).toHaveLength(4)
  expect(restrictionsOf(parent.visitorId)).toEqual([])
  expect(endingsOf(child.visitorId)).toMatchObject([{ userIds: [], remove: false }])
  const admin = await privacy.staff('shop', 'admin')
  await admin.decideRequest.mutate({ requestId: request.id, outcome: 'approved', reason: 'Confirmed' })
  const done = await privacy.completed(client, request.id)
  expect(done).toMatchObject({ hasReceipt: true, details: null })
  expect(rowsOf(child.visitorId)).toEqual([])
  expect(rowsOf(parent.visitorId)).toHaveLength(4)
  expect(endingsOf(child.visitorId).at(-1)).toMatchObject({ remove: true })
  await client.getReceipt.query({ requestId: request.id })
})

const endingsOf = (visitorId: string) =>
  privacy.endedAccounts.filter(({ visitorIds }) => visitorIds.includes(visitorId))

test('a report that turns out wrong gives the account back', async () => {
  const adult = makePerson()
  const minor = { email: adult.email, reporter: 'other' } as const
  const { client, request } = await privacy.prove('minor-report', makePerson().email, 'shop', { minor })
  await privacy.reached(client, request.id, 'awaiting-decision')
  const admin = await privacy.staff('shop', 'admin')
  await admin.decideRequest.mutate({ requestId: request.id, outcome: 'refused', reason: 'Of age' })
  await privacy.reached(client, request.id, 'refused')
  expect(restrictionsOf(adult.visitorId)).toEqual([])
  expect(rowsOf(adult.visitorId)).toHaveLength(4)
})

test('a report that nobody decides is carried out a day before the limit of the notice', async () => {
  const child = makePerson()
  const minor = { email: child.email, reporter: 'parent' } as const
  const { request } = await privacy.prove('minor-report', makePerson().email, 'shop', { minor })
  const admin = await privacy.staff('shop', 'admin')
  await privacy.reached(admin, request.id, 'awaiting-decision')
  privacy.clock.set(request.dueAt!)
  privacy.clock.advance(-86_400_000 - 1)
  expect(rowsOf(child.visitorId)).toHaveLength(4)
  privacy.clock.advance(1)
  await settle(() => expect(rowsOf(child.visitorId)).toEqual([]), 15_000)
})

test('who proves the very address of the minor, or is vouched for by staff, is erased without a decision', async () => {
  const own = makePerson()
  const minor = { email: own.email, reporter: 'self' } as const
  const { client, request } = await privacy.prove('minor-report', own.email, 'shop', { minor })
  await privacy.completed(client, request.id)
  expect(rowsOf(own.visitorId)).toEqual([])

  const child = makePerson()
  const admin = await privacy.staff('shop', 'admin')
  const opened = await admin.openRequestFor.mutate({
    kind: 'minor-report',
    email: child.email,
    minor: { email: child.email, reporter: 'staff' },
    documentChecked: true,
  })
  await settle(async () =>
    expect(await admin.getRequest.query({ requestId: opened.id })).toMatchObject({ state: 'completed' }),
  )
  expect(rowsOf(child.visitorId)).toEqual([])
})

test.each(['erasure', 'ccpa-delete'] as const)('%s erases and gives a receipt', async (kind) => {
  const { email, visitorId } = makePerson()
  const { client, request } = await privacy.prove(kind, email)
  await privacy.completed(client, request.id)
  expect(rowsOf(visitorId)).toEqual([])
  expect(await client.getReceipt.query({ requestId: request.id })).toMatchObject({
    receipt: { requestId: request.id },
  })
})

test.each(['access', 'ccpa-know'] as const)('%s answers with everything that is held', async (kind) => {
  const { email } = makePerson()
  const { client, request } = await privacy.prove(kind, email)
  const answer = await client.getAccessAnswer.query({ requestId: request.id })
  expect(answer.services.flatMap(({ holdings }) => holdings)).not.toEqual([])
  expect(await client.getRequest.query({ requestId: request.id })).toMatchObject({ state: 'completed' })
})

test('a right that the notice does not offer cannot be asked for', async () => {
  const { restriction } = privacy.rules.rights
  delete privacy.rules.rights.restriction
  privacy.rules.minors = null
  const open = (kind: 'restriction' | 'minor-report') =>
    privacy.as().openRequest.mutate({
      business: 'shop',
      kind,
      email: 'a@example.org',
      minor: { email: 'b@example.org', reporter: 'other' },
    })
  expect(await refusal(open('restriction'))).toBe('not-found')
  expect(await refusal(open('minor-report'))).toBe('not-found')
  privacy.rules.rights.restriction = restriction!
  privacy.rules.minors = { minimumAge: 16, eraseWithin: { days: 30 } }
})

test('an erasure ends what the person had restricted', async () => {
  const { email } = makePerson()
  const first = await privacy.prove('restriction', email)
  await privacy.completed(first.client, first.request.id)
  const erasure = await first.client.openRequest.mutate({ business: 'shop', kind: 'erasure' })
  await privacy.completed(first.client, erasure.id)
  expect(await first.client.getRequest.query({ requestId: first.request.id })).toMatchObject({
    inForce: { until: expect.any(String) },
  })
})
