import type { Policy } from '@candor/contracts/policy/policy'
import { packIds } from '@candor/contracts/policy/tenant-rules'
import { packs } from '@candor/policy/packs'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { edited, keeping } from './edited.ts'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'
import { startReader } from './start-reader.ts'
import type { Reader } from './start-reader.ts'

let privacy: TestPrivacy
let reader: Reader
let owner: Awaited<ReturnType<TestPrivacy['staff']>>
const oldest = '2026-12-30T00:00:00.000Z'
const firstNight = [{ service: 'chat' as const, category: 'conversation', rows: 1_204, oldest }]

beforeAll(async () => {
  privacy = await startTestPrivacy({ start: '2027-01-01T00:00:00.000Z' })
  const messages = { category: 'conversation', table: 'messages', rows: 1_200, oldest }
  privacy.holders.chat.expiring = [messages, { ...messages, table: 'conversations', rows: 4, oldest: null }]
  reader = await startReader(privacy)
})
afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await privacy[Symbol.asyncDispose]()
})
beforeEach(async () => {
  for (const table of ['announcements_due', 'notice_versions', 'policy_drafts', 'notice_acknowledgements'])
    await privacy.query(`delete from ${table}`)
  await privacy.query('update rules_feed set revision = revision + 1')
  owner = await privacy.staff('shop', 'owner')
  privacy.clock.set('2027-01-01T00:00:00.000Z')
})

const save = (policy = keeping({ months: 6 })) => owner.savePolicyDraft.mutate({ pack: 'candor', policy })
const preview = (effectiveAt?: string) => owner.previewPolicy.query({ effectiveAt })
const publish = async (effectiveAt?: string) => {
  const { confirmation } = await preview(effectiveAt)
  return owner.publishPolicy.mutate({ effectiveAt, confirmation: confirmation?.token })
}
const fieldsOf = async (call: Promise<unknown>): Promise<string[]> => {
  const error = await call.then(
    () => undefined,
    (err: unknown) => err as { data: { reason: string; fields?: { path: string }[] } },
  )
  expect(error?.data.reason).toBe('bad-input')
  return error!.data.fields!.map(({ path }) => path)
}

test('a business that did nothing has the strictest pack as version 1, and can read all packs', async () => {
  expect((await owner.listPacks.query()).map(({ id }) => id)).toEqual([...packIds])
  const versions = await privacy.as().listNoticeVersions.query({ business: 'shop' })
  expect(versions).toEqual([
    expect.objectContaining({ version: 1, pack: 'candor', isInForce: true, isSignificant: false }),
  ])
  expect(await privacy.as().getNotice.query({ business: 'shop' })).toMatchObject({
    version: '1',
    revisedAt: versions[0]!.revisedAt,
    effectiveAt: versions[0]!.effectiveAt,
  })
  const draft = await owner.getPolicyDraft.query()
  expect(draft).toEqual({ pack: 'candor', policy: packs.candor.policy, savedAt: null })
  expect(await refusal(owner.publishPolicy.mutate({}))).toBe('conflict')
})

test('a draft is kept until it is published, and one that contradicts itself is refused at every offending path', async () => {
  const saved = await save()
  expect(await owner.getPolicyDraft.query()).toEqual(saved)
  const wrong = edited((policy) => {
    policy.categories['cookie-yield'].basis = 'contract'
    policy.recipients[0] = { ...policy.recipients[0]!, country: 'BR', safeguard: null }
  })
  const paths = await fieldsOf(save(wrong))
  expect(paths).toContain('policy.categories.cookie-yield.basis')
  expect(paths.some((path) => path.startsWith('policy.recipients.0'))).toBe(true)
  const shapeless = { ...keeping({ months: 6 }), region: 'moon' } as never
  expect(await fieldsOf(save(shapeless))).toContain('policy.region')
  expect(await owner.getPolicyDraft.query()).toEqual(saved)
})

test('the preview tells what differs and what would go in the first night, and another business has no part in it', async () => {
  await save()
  const rival = await privacy.staff('rival', 'admin')
  expect((await rival.getPolicyDraft.query()).savedAt).toBeNull()
  const told = await preview('2027-02-01T00:00:00.000Z')
  expect(told).toMatchObject({
    since: 1,
    isSignificant: false,
    shorter: ['conversation'],
    longer: [],
    firstNight,
  })
  expect(told.changes).toEqual([
    {
      path: 'categories.conversation.retention.period',
      before: { months: 12 },
      after: { months: 6 },
      significant: false,
    },
  ])
  const [asked] = privacy.holders.chat.counted.slice(-1)
  expect(asked).toMatchObject({
    tenantId: privacy.business('shop').id,
    asOf: '2027-02-01T00:00:00.000Z',
    draft: { conversation: { period: { months: 6 } } },
  })
  privacy.holders.billing.refusing.add('countExpiring')
  expect(await refusal(preview())).toBe('unavailable')
  privacy.holders.billing.refusing.clear()
})

test('a shorter period is published only with the confirmation of exactly that preview', async () => {
  await save()
  expect(await fieldsOf(owner.publishPolicy.mutate({}))).toEqual(['confirmation'])
  const { confirmation } = await preview()
  const { token } = confirmation!
  const publishWith = (input: { effectiveAt?: string; confirmation?: string }) =>
    refusal(owner.publishPolicy.mutate(input))
  expect(await publishWith({ confirmation: `${token.slice(0, -2)}AA` })).toBe('conflict')
  expect(await publishWith({ confirmation: token, effectiveAt: '2027-02-01T00:00:00.000Z' })).toBe('conflict')
  await save(keeping({ months: 3 }))
  expect(await publishWith({ confirmation: token })).toBe('conflict')
  await save()
  const rival = await privacy.staff('rival', 'owner')
  await rival.savePolicyDraft.mutate({ pack: 'candor', policy: keeping({ months: 6 }) })
  expect(await refusal(rival.publishPolicy.mutate({ confirmation: token }))).toBe('conflict')
  privacy.clock.advance(30 * 60_000)
  expect(await publishWith({ confirmation: token })).toBe('expired')

  expect(await publish()).toMatchObject({ version: 2, isInForce: true, isSignificant: false })
  const [row] = await privacy.query('select confirmed from notice_versions')
  expect(row.confirmed).toEqual(firstNight)
  expect((await owner.getPolicyDraft.query()).savedAt).toBeNull()
})

test('what is published is in force in another service at once, and in one that comes later', async () => {
  await save()
  const { confirmation } = await preview()
  const startedAt = performance.now()
  await owner.publishPolicy.mutate({ confirmation: confirmation!.token })
  const committedAt = performance.now()
  await settle(async () => expect(await reader.periodOf('shop')).toEqual({ months: 6 }))
  const [took, since] = [performance.now() - startedAt, performance.now() - committedAt]
  process.stdout.write(
    `in force ${Math.round(since)} ms after the answer, ${Math.round(took)} ms after the call\n`,
  )
  expect(await reader.periodOf('rival')).toEqual({ months: 12 })
  await using late = await startReader(privacy)
  expect(await late.periodOf('shop')).toEqual({ months: 6 })
})

test('a version with a date to come begins everywhere at its hour, and the notice says so', async () => {
  await save()
  expect(await publish('2027-02-01T00:00:00.000Z')).toMatchObject({ version: 2, isInForce: false })
  await settle(async () => expect((await reader.of('shop')).versions).toHaveLength(2))
  privacy.clock.set('2027-01-31T23:59:59.999Z')
  expect(await reader.periodOf('shop')).toEqual({ months: 12 })
  expect(await privacy.as().getNotice.query({ business: 'shop' })).toMatchObject({ version: '1' })
  privacy.clock.set('2027-02-01T00:00:00.000Z')
  expect(await reader.periodOf('shop')).toEqual({ months: 6 })
  expect(await privacy.as().getNotice.query({ business: 'shop' })).toMatchObject({
    version: '2',
    revisedAt: '2027-01-01T00:00:00.000Z',
    effectiveAt: '2027-02-01T00:00:00.000Z',
  })
})

test('a date in the past, or before a version that is announced already, is refused at its field', async () => {
  await save()
  expect(await fieldsOf(preview('2026-12-31T23:59:59.999Z'))).toEqual(['effectiveAt'])
  await publish('2027-02-01T00:00:00.000Z')
  await save(keeping({ months: 3 }))
  expect(await fieldsOf(preview('2027-01-31T00:00:00.000Z'))).toEqual(['effectiveAt'])
  expect(await publish('2027-02-01T00:00:00.000Z')).toMatchObject({ version: 3 })
  privacy.clock.set('2027-02-01T00:00:00.000Z')
  await settle(async () => expect(await reader.periodOf('shop')).toEqual({ months: 3 }))
})

test('a longer period is refused at its path; for what is collected from its date on it is obeyed when nothing older is left', async () => {
  await save(keeping({ months: 18 }))
  const path = 'policy.categories.conversation.retention.period'
  expect(await preview()).toMatchObject({ shorter: [], longer: ['conversation'], confirmation: null })
  expect(await fieldsOf(owner.publishPolicy.mutate({}))).toEqual([path])
  expect(await fieldsOf(owner.publishPolicy.mutate({ onlyNew: ['contact-details'] }))).toEqual([path])
  await owner.publishPolicy.mutate({ onlyNew: ['conversation'] })
  await settle(async () => expect((await reader.of('shop')).version.version).toBe(2))
  expect(await reader.periodOf('shop')).toEqual({ months: 12 })
  privacy.clock.set('2027-12-31T23:59:59.999Z')
  expect(await reader.periodOf('shop')).toEqual({ months: 12 })
  privacy.clock.set('2028-01-01T00:00:00.000Z')
  expect(await reader.periodOf('shop')).toEqual({ months: 18 })
})

test('any two versions are compared, by anyone, and none of another business', async () => {
  await save()
  await publish()
  await save(keeping({ months: 3 }))
  await publish()
  const anyone = privacy.as()
  const { changes, paragraphs } = await anyone.diffNotices.query({ business: 'shop', from: 1, to: 3 })
  expect(changes).toMatchObject([{ before: { months: 12 }, after: { months: 3 } }])
  const said = paragraphs.find(({ path }) => path === 'data.categories.conversation')
  expect([said?.before, said?.after]).toEqual([
    expect.stringContaining('12 months'),
    expect.stringContaining('3 months'),
  ])
  const earlier = await anyone.getNotice.query({ business: 'shop', version: 1 })
  expect(earlier).toMatchObject({ version: '1' })
  expect(JSON.stringify(earlier.sections)).toContain(said!.before!.split(' | ')[4]!)
  const { policy, version } = await privacy.as().getNoticeVersion.query({ business: 'shop', version: 2 })
  expect([version, policy.categories.conversation.retention.period]).toEqual([2, { months: 6 }])
  const ofRival = privacy.as().getNoticeVersion.query({ business: 'rival', version: 2 })
  expect(await refusal(ofRival)).toBe('not-found')
  expect(await refusal(privacy.as().diffNotices.query({ business: 'shop', from: 1, to: 9 }))).toBe(
    'not-found',
  )
})

test('the preview names the promises that are taken back, and what only the business can fill in', async () => {
  const policy = structuredClone<Policy>(packs.imocloud.policy)
  await owner.savePolicyDraft.mutate({ pack: 'imocloud', policy })
  expect(await preview()).toMatchObject({ withdrawn: [], unfilled: ['contact.email'] })
  policy.signals.doNotTrack = 'obeyed'
  policy.contact.email = 'privacy@shop.example'
  await owner.savePolicyDraft.mutate({ pack: 'imocloud', policy })
  const told = await preview()
  expect(told.unfilled).toEqual([])
  expect(told.withdrawn).toEqual([
    { clause: 'imocloud-13-dnt-ignored', text: expect.stringContaining('we do not act on it') },
  ])
})

test('two who publish at once make two versions or one, never one lost', async () => {
  await save(edited((policy) => (policy.contact.email = 'privacy@shop.example')))
  const results = await Promise.allSettled([owner.publishPolicy.mutate({}), owner.publishPolicy.mutate({})])
  const made = results.filter(({ status }) => status === 'fulfilled')
  expect(made).toHaveLength(1)
  expect(await privacy.as().listNoticeVersions.query({ business: 'shop' })).toHaveLength(2)
})
