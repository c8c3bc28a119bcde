import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePolicy, testRules } from './test-rules.ts'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

const rules = testRules(() => privacy.clock.now())
let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy({ policies: rules })
})
afterAll(() => privacy[Symbol.asyncDispose]())

const asked = {
  authority: 'Police of Hamburg',
  reference: 'AZ 12/26',
  ground: 'Court order',
  scope: { email: 'ada@example.org', categories: ['contact-details' as const] },
}

async function twoPersons(slug = 'shop') {
  return { first: await privacy.staff(slug, 'owner'), second: await privacy.staff(slug, 'admin') }
}

function holdSomething(email: string) {
  const tenantId = privacy.business('shop').id
  privacy.holders.chat.rows.push({ tenantId, email, visitorId: randomUUID(), text: 'a secret' })
}

test('nothing leaves before a second person has approved it, and the first cannot', async () => {
  holdSomething('ada@example.org')
  const { first, second } = await twoPersons()
  const { id: disclosureId } = await first.requestDisclosure.mutate(asked)
  expect(await refusal(first.exportDisclosure.mutate({ disclosureId }))).toBe('closed')
  expect(await refusal(first.decideDisclosure.mutate({ disclosureId, approve: true }))).toBe('conflict')
  expect(await refusal(second.exportDisclosure.mutate({ disclosureId }))).toBe('closed')
  const approved = await second.decideDisclosure.mutate({ disclosureId, approve: true })
  expect(approved).toMatchObject({ state: 'approved' })
  expect(await refusal(second.decideDisclosure.mutate({ disclosureId, approve: false }))).toBe('closed')

  const handedOut = await first.exportDisclosure.mutate({ disclosureId })
  expect(handedOut.services.flatMap(({ holdings }) => holdings)).toMatchObject([
    { category: 'contact-details', records: [{ email: 'ada@example.org', text: 'a secret' }] },
  ])
  const { entries } = await first.listAuditEntries.query({ object: disclosureId, kind: 'act' })
  expect(entries.map(({ what }) => what)).toEqual([
    'disclosure-exported',
    'disclosure-approved',
    'disclosure-requested',
  ])
  expect(entries[0]!.detail).toMatch(/^sha256:/)
  expect(new Set(entries.map(({ who }) => who)).size).toBe(2)
})

test('what the scope does not name is not handed out', async () => {
  holdSomething('scope@example.org')
  const { first, second } = await twoPersons()
  const scope = { email: 'scope@example.org', categories: ['purchase-records' as const] }
  const { id: disclosureId } = await first.requestDisclosure.mutate({ ...asked, scope })
  await second.decideDisclosure.mutate({ disclosureId, approve: true })
  const { services } = await second.exportDisclosure.mutate({ disclosureId })
  expect(services.flatMap(({ holdings }) => holdings)).toEqual([])
})

test('what was refused is never handed out, and a ground the notice does not name is not taken down', async () => {
  const { first, second } = await twoPersons()
  expect(await refusal(first.requestDisclosure.mutate({ ...asked, ground: 'Curiosity' }))).toBe('bad-input')
  const { id: disclosureId } = await first.requestDisclosure.mutate(asked)
  await second.decideDisclosure.mutate({ disclosureId, approve: false })
  expect(await refusal(second.exportDisclosure.mutate({ disclosureId }))).toBe('closed')
})

test('the access answer tells of it, unless an order forbids that, and then once the order is over', async () => {
  const email = 'told@example.org'
  const { first, second } = await twoPersons()
  const scope = { email, categories: ['contact-details' as const] }
  const until = new Date(privacy.clock.now().getTime() + 86_400_000).toISOString()
  const silences = [null, { order: 'Order 7', until }, { order: 'Order 8', until: null }]
  const ids: string[] = []
  for (const silence of silences) {
    const { id } = await first.requestDisclosure.mutate({ ...asked, scope, silence })
    await second.decideDisclosure.mutate({ disclosureId: id, approve: true })
    await second.exportDisclosure.mutate({ disclosureId: id })
    ids.push(id)
  }
  const { client, request } = await privacy.prove('access', email)
  const told = async () => (await client.getAccessAnswer.query({ requestId: request.id })).disclosures
  expect(await told()).toEqual([
    {
      authority: 'Police of Hamburg',
      ground: 'Court order',
      categories: ['Contact details of visitors'],
      disclosedAt: expect.any(String),
    },
  ])
  privacy.clock.set(until)
  expect(await told()).toHaveLength(2)
  await first.liftSilence.mutate({ disclosureId: ids[2]! })
  expect(await told()).toHaveLength(3)
})

test('a notice may leave it to one person', async () => {
  const tenantId = privacy.business('rival').id
  const disclosure = { grounds: ['Court order'], secondApproval: false }
  rules.publish(tenantId, { policy: { ...samplePolicy, disclosure } })
  const owner = await privacy.staff('rival', 'owner')
  const { id: disclosureId } = await owner.requestDisclosure.mutate(asked)
  expect(await owner.decideDisclosure.mutate({ disclosureId, approve: true })).toMatchObject({
    state: 'approved',
  })
})

test('the register of another business is not seen, and its entries are not found', async () => {
  const { first } = await twoPersons()
  const { id: disclosureId } = await first.requestDisclosure.mutate(asked)
  const rival = await privacy.staff('rival', 'owner')
  expect((await rival.listDisclosures.query()).map(({ id }) => id)).not.toContain(disclosureId)
  expect(await refusal(rival.decideDisclosure.mutate({ disclosureId, approve: true }))).toBe('not-found')
  expect(await refusal(rival.exportDisclosure.mutate({ disclosureId }))).toBe('not-found')
  expect(await refusal(rival.liftSilence.mutate({ disclosureId }))).toBe('not-found')
  expect(await refusal((await privacy.staff('shop', 'agent')).listDisclosures.query())).toBe('forbidden')
})

test('whom it is about is stored sealed', async () => {
  const rows = await privacy.query('select d::text as row, sealed_email from disclosures d')
  for (const { row, sealed_email } of rows) {
    expect(row).not.toContain('@example.org')
    expect(sealed_email.toString('latin1')).not.toContain('@example.org')
  }
})
