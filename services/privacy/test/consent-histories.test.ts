import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { candor } from '@candor/policy/packs/candor'
import { fixedPolicies } from '@candor/testing/fixed-policies'
import { seed } from '@candor/testing/long-form'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
let policy: Policy
beforeAll(async () => {
  privacy = await startTestPrivacy({
    policies: fixedPolicies(() => policy),
    limits: { REQUESTS_PER_HOUR_REMOTE_MAX: 1_000_000, HOLDER_TIMEOUT_MS: 30_000 },
  })
})
afterAll(() => privacy[Symbol.asyncDispose]())

/**
 * Histories of consent against a simple model: one person at two devices agrees, refuses, sends signals, withdraws there
 * or by a proven address, while the business changes what it asks. `HISTORY_STEPS=10000` is what was asked of it;
 * `CANDOR_SEED` replays a run.
 */
const stepsWanted = Number(process.env.HISTORY_STEPS ?? 80)
const perHistory = 40

const purposes = ['remember-me', 'statistics', 'advertising'] as const satisfies ConsentPurpose[]
/** What a signal says no to. */
const signalled: ConsentPurpose[] = ['statistics', 'advertising']

const device = fc.nat({ max: 1 })
const some = fc.subarray([...purposes])
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('choose' as const),
      device,
      given: some,
      refused: some,
      signals: fc.boolean(),
      isStale: fc.nat({ max: 9 }).map((lot) => lot === 0),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), device, purposes: some }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'withdraw by address' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), asked: some, obeys: fc.boolean() }),
  },
)

test(
  `what was agreed to is what a simple model says (${stepsWanted} steps, CANDOR_SEED=${seed})`,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: perHistory, maxLength: perHistory }), async (steps) => {
        const person = await openPerson()
        for (const next of steps) {
          await take(person, next)
          await agrees(person)
        }
      }),
      { numRuns: Math.ceil(stepsWanted / perHistory), seed, endOnFailure: true },
    )
  },
  60_000 + stepsWanted * 500,
)

async function openPerson() {
  policy = structuredClone(candor.policy)
  policy.consent.asked = [...purposes]
  const visitors = [await privacy.visitor('shop'), await privacy.visitor('shop')] as const
  const email = `${visitors[0].id}@example.org`
  for (const { id } of visitors)
    privacy.holders.chat.rows.push({ tenantId: privacy.business('shop').id, email, visitorId: id, text: '' })
  const { client } = await privacy.prove('access', email)
  const devices = visitors.map((visitor) => ({
    ...visitor,
    holds: new Set<ConsentPurpose>(),
    entries: 0,
    textVersion: 0,
  }))
  return { asSubject: client, devices }
}

async function take({ asSubject, devices }: Person, next: Step): Promise<void> {
  if (next.kind === 'ask') {
    policy.consent.asked = next.asked
    policy.consent.textVersion++
    policy.signals = next.obeys
      ? { doNotTrack: 'obeyed', globalPrivacyControl: 'obeyed' }
      : { doNotTrack: 'ignored', globalPrivacyControl: 'ignored' }
    return
  }
  if (next.kind === 'withdraw by address') {
    await asSubject.withdrawConsent.mutate({ source: 'privacy-centre' })
    for (const at of devices) takeBack(at, purposes)
    return
  }
  const at = devices[next.device]!
  if (next.kind === 'withdraw') {
    const named = next.purposes.length > 0 ? next.purposes : undefined
    await at.client.withdrawConsent.mutate({ ...(named && { purposes: named }), source: 'chat' })
    return takeBack(at, named ?? purposes)
  }
  const { given, refused, signals, isStale } = next
  const { asked, textVersion } = policy.consent
  const chosen = at.client.recordConsent.mutate({
    textVersion: isStale ? textVersion + 1 : textVersion,
    source: 'banner',
    given,
    refused,
    signals: { doNotTrack: signals },
  })
  if (isStale) return void expect(await refusal(chosen)).toBe('conflict')
  if (given.some((purpose) => !asked.includes(purpose) || refused.includes(purpose)))
    return void expect(await refusal(chosen)).toBe('bad-input')
  await chosen
  for (const purpose of given) at.holds.add(purpose)
  for (const purpose of refused) at.holds.delete(purpose)
  if (signals && policy.signals.doNotTrack === 'obeyed')
    signalled.forEach((purpose) => at.holds.delete(purpose))
  at.entries++
  at.textVersion = textVersion
}

/** Taking back what was not given leaves no entry; what was, is taken back by the words it was given by. */
function takeBack(at: Device, named: readonly ConsentPurpose[]): void {
  if (!named.some((purpose) => at.holds.has(purpose))) return
  for (const purpose of named) at.holds.delete(purpose)
  at.entries++
}

/** Each device and the proven address tell what the model says. */
async function agrees({ asSubject, devices }: Person): Promise<void> {
  const { asked, textVersion } = policy.consent
  for (const { client, holds, entries, textVersion: at } of devices) {
    const { given, outdated, history } = await client.getConsent.query()
    expect(given).toEqual(asked.filter((purpose) => holds.has(purpose)))
    expect(history).toHaveLength(entries)
    expect(outdated).toBe(entries > 0 && at !== textVersion)
  }
  const whole = await asSubject.getConsent.query()
  expect(whole.given).toEqual(asked.filter((purpose) => devices.some(({ holds }) => holds.has(purpose))))
  expect(whole.history).toHaveLength(devices[0]!.entries + devices[1]!.entries)
}

type Person = Awaited<ReturnType<typeof openPerson>>
type Device = Person['devices'][number]
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
