import { randomUUID } from 'node:crypto'
import { hour } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { jetstream } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'
import { samplePolicy, testRules } from './test-rules.ts'

const rules = testRules(() => privacy.clock.now())
let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy({ policies: rules })
})
afterAll(() => privacy[Symbol.asyncDispose]())

const breach = {
  what: 'A list was sent to the wrong address',
  categories: ['contact-details' as const],
  people: 12,
  risk: 'high-risk' as const,
  measures: '',
}

test('a breach counts its 72 hours, says what is left, and is closed only when all are told', async () => {
  const owner = await privacy.staff('shop', 'owner')
  const secondsLeft = async () =>
    Number(/^privacy_breach_seconds_left{.*} (\S+)/m.exec(await privacy.metrics())?.[1] ?? NaN)
  expect(await secondsLeft()).toBeNaN()
  const noticedAt = new Date(privacy.clock.now().getTime() - hour).toISOString()
  const { id: breachId, dueAt } = await owner.recordBreach.mutate({ ...breach, noticedAt })
  expect(new Date(dueAt).getTime() - new Date(noticedAt).getTime()).toBe(72 * hour)
  expect(await secondsLeft()).toBe(71 * 3_600)
  privacy.clock.advance(72 * hour)
  expect(await secondsLeft()).toBe(-3_600)

  const updated = await owner.updateBreach.mutate({ breachId, measures: 'They deleted it' })
  expect(updated).toMatchObject({ people: 12, risk: 'high-risk', measures: 'They deleted it' })
  expect(updated.drafts.authority).toMatch(
    /wrong address[^]*Contact details of visitors[^]*about 12[^]*deleted it/,
  )
  expect(updated.drafts.people).toContain('wrong address')

  const mark = (as: 'authority-notified' | 'people-notified' | 'closed') =>
    owner.markBreach.mutate({ breachId, as })
  expect(await refusal(mark('closed'))).toBe('conflict')
  await mark('authority-notified')
  expect(await secondsLeft()).toBeNaN()
  expect(await refusal(mark('closed'))).toBe('conflict')
  await mark('people-notified')
  expect(await mark('closed')).toMatchObject({ closedAt: expect.any(String) })
  expect(await refusal(owner.updateBreach.mutate({ breachId, people: 1 }))).toBe('closed')

  const rival = await privacy.staff('rival', 'owner')
  expect(await rival.listBreaches.query()).toEqual([])
  expect(await refusal(rival.markBreach.mutate({ breachId, as: 'closed' }))).toBe('not-found')
  const future = new Date(privacy.clock.now().getTime() + hour).toISOString()
  expect(await refusal(owner.recordBreach.mutate({ ...breach, noticedAt: future }))).toBe('bad-input')
})

test('an address somebody wrote into a breach is taken out when its person is erased', async () => {
  const owner = await privacy.staff('shop', 'owner')
  await owner.recordBreach.mutate({ ...breach, what: 'Sent to mia@example.org', risk: 'unlikely' })
  const { client, request } = await privacy.prove('erasure', 'mia@example.org')
  await privacy.completed(client, request.id)
  expect((await owner.listBreaches.query())[0]!.what).toBe('Sent to [erased]')
})

test('recipients are public, and a change is announced by mail before it takes effect, once', async () => {
  const tenantId = privacy.business('shop').id
  const ask = () => privacy.as().getRecipients.query({ business: 'shop' })
  expect(await ask()).toMatchObject({ recipients: [{ name: 'Hosting Ltd', country: 'DE' }], changes: [] })
  const mailer = { ...samplePolicy.recipients[0]!, id: 'mailer', name: 'Letters Inc', country: 'US' }
  const effectiveAt = '2030-03-01T00:00:00.000Z'
  const policy = { ...samplePolicy, recipients: [...samplePolicy.recipients, mailer] }
  rules.publish(tenantId, { version: 2, effectiveAt, policy })
  const changes = [{ effectiveAt, added: [{ name: 'Letters Inc' }], changed: [], removed: [] }]
  expect(await ask()).toMatchObject({ recipients: [{ id: 'host' }], changes })
  const letters = async () => {
    const all = await Promise.all(
      privacy.mailbox.letters.map(async ({ to: addressee, mail }) => ({ addressee, ...(await mail) })),
    )
    return all.filter(({ subject }) => subject === 'Recipients of personal data change on 2030-03-01')
  }
  await settle(async () => expect(await letters()).toHaveLength(1))
  rules.publish(tenantId, { version: 3, effectiveAt: '2031-01-01T00:00:00.000Z' })
  const [sent] = await letters()
  expect(sent).toMatchObject({
    addressee: 'owner@shop.example',
    text: expect.stringContaining('New: Letters Inc (US)'),
  })
  expect(await letters()).toHaveLength(1)
  expect(await refusal(privacy.as().getRecipients.query({ business: 'nobody' }))).toBe('not-found')
})

test('the record of processing tells of every stored category what article 30 asks for', async () => {
  const owner = await privacy.staff('shop', 'owner')
  const record = await owner.getProcessingRecord.query()
  expect(record).toMatchObject({ business: { slug: 'shop' }, officer: { name: 'Doris' }, policyVersion: 1 })
  const requests = record.activities.find(({ category }) => category === 'rights-requests')!
  expect(requests).toMatchObject({
    legalBasis: 'Legal obligation (GDPR article 6(1)(c)): a test asks for it',
    recipients: [{ name: 'Hosting Ltd' }],
    retention: '12 months',
  })
  expect(requests.places).toContainEqual(
    expect.objectContaining({
      service: 'privacy',
      table: 'requests',
      columns: expect.arrayContaining(['kind']),
    }),
  )
  expect(record.activities.map(({ category }) => category)).toEqual(
    expect.arrayContaining(['contact-details', 'evidence-log', 'compliance-records']),
  )
  expect(record.measures.length).toBeGreaterThan(0)
})

test('the agreements the notice asks for are entered with the account: version, time and person', async () => {
  const tenantId = privacy.business('rival').id
  const ownerId = randomUUID()
  const id = randomUUID()
  const occurredAt = privacy.clock.now().toISOString()
  const envelope = {
    id,
    type: 'identity.business-signed-up',
    tenantId,
    streamKey: tenantId,
    subjectId: null,
    occurredAt,
    traceparent: null,
    payload: { ownerId, country: 'DE' },
  }
  const nats = await privacy.nats.connect('identity')
  await jetstream(nats).publish('events.identity.business-signed-up', JSON.stringify(envelope), { msgID: id })
  const owner = await privacy.staff('rival', 'owner')
  const accepted = { acceptedAt: occurredAt, acceptedBy: ownerId, isCurrent: true }
  await settle(async () =>
    expect(await owner.listAgreements.query()).toMatchObject([
      { agreement: 'dpa', ...accepted },
      { agreement: 'standard-clauses', ...accepted },
    ]),
  )
  const { version } = (await owner.listAgreements.query())[0]!
  const text = await privacy.as().getAgreement.query({ agreement: 'dpa', version })
  expect(text).toMatchObject({ version, text: expect.stringContaining('article 28') })
  expect(await refusal(privacy.as().getAgreement.query({ agreement: 'dpa', version: '1999' }))).toBe(
    'not-found',
  )

  const again = await owner.acceptAgreement.mutate({ agreement: 'dpa' })
  expect(again).toMatchObject({ acceptedBy: ownerId })
  await owner.acceptAgreement.mutate({ agreement: 'ccpa' })
  expect(await owner.listAgreements.query()).toHaveLength(3)
  expect(await (await privacy.staff('shop', 'owner')).listAgreements.query()).toEqual([])
})

test('staff acknowledge the briefing in force; who has not, or not for a year, is listed as overdue', async () => {
  const userId = randomUUID()
  const since = privacy.clock.now().toISOString()
  privacy.staffIds.push({ userId, role: 'agent', since }, { userId: randomUUID(), role: 'admin', since })
  const admin = await privacy.staff('shop', 'admin')
  const overdue = async () => (await admin.listAwareness.query()).map(({ isOverdue }) => isOverdue)
  expect(await overdue()).toEqual([false, false])
  privacy.clock.advance(7 * 24 * hour)
  expect(await overdue()).toEqual([true, true])

  const agent = await privacy.staff('shop', 'agent', userId)
  const { version, isOverdue } = await agent.getBriefing.query()
  expect(isOverdue).toBe(true)
  expect(await refusal(agent.acknowledgeBriefing.mutate({ version: 'another' }))).toBe('conflict')
  expect(await agent.acknowledgeBriefing.mutate({ version })).toMatchObject({ isOverdue: false })
  expect(await overdue()).toEqual([false, true])
  privacy.clock.advance(366 * 24 * hour)
  expect(await overdue()).toEqual([true, true])
  expect(await refusal((await privacy.staff('shop', 'agent', userId)).listAwareness.query())).toBe(
    'forbidden',
  )
})

test('who is overdue is let at no personal data, and at the briefing', async () => {
  const unbriefed = await privacy.staff('shop', 'owner', randomUUID(), {}, { unbriefed: true })
  expect(await refusal(unbriefed.listRequests.query())).toBe('briefing-overdue')
  expect(await refusal(unbriefed.listCases.query({}))).toBe('briefing-overdue')
  const { version } = await unbriefed.getBriefing.query()
  await unbriefed.acknowledgeBriefing.mutate({ version })
})

test('a purpose that the notice in force names nowhere is refused, and that is counted', async () => {
  const owner = await privacy.staff('rival', 'owner')
  const letter = { subject: 'New', text: 'News' }
  await owner.sendNews.mutate(letter)
  const categories = Object.fromEntries(
    Object.entries(samplePolicy.categories).map(([id, rule]) => {
      const purposes = rule.purposes.filter((purpose) => purpose !== 'send-news')
      return [id, { ...rule, purposes }]
    }),
  ) as typeof samplePolicy.categories
  rules.publish(privacy.business('rival').id, { version: 2, policy: { ...samplePolicy, categories } })
  expect(await refusal(owner.sendNews.mutate(letter))).toBe('other-purpose')
  expect(await privacy.metrics()).toMatch(/rpc_requests_total{[^}]*sendNews[^}]*other-purpose[^}]*} 1/)
  await owner.listRequests.query()
})
