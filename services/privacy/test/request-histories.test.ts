import { randomUUID } from 'node:crypto'
import type { RequestState } from '@candor/contracts/privacy/request-shapes'
import type { RequestKind } from '@candor/contracts/policy/policy'
import { seed } from '@candor/testing/long-form'
import { settle } from '@candor/testing/settle'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

/**
 * Histories of requests against a simple model: people open, prove, are decided about, lift, erase, and time passes.
 * `HISTORY_STEPS=10000` is what was asked of it; `CANDOR_SEED` replays a run.
 */
const stepsWanted = Number(process.env.HISTORY_STEPS ?? 40)

const kinds = [
  'correction',
  'restriction',
  'objection',
  'erasure',
  'marketing-opt-out',
  'deactivation',
  'minor-report',
] as const satisfies RequestKind[]

/** What must be true of one request. */
interface Modelled {
  id: string
  kind: (typeof kinds)[number]
  person: number
  state: RequestState
  /** What it stops now, in every service. */
  stops: boolean
  /** Whether the person was erased since it was opened: of them only an answer is left. */
  isMoot: boolean
}

interface Model {
  privacy: TestPrivacy
  people: { email: string; visitorId: string; isErased: boolean; name: string }[]
  requests: Modelled[]
}

type Step = (model: Model) => Promise<void>

const number = fc.nat({ max: 10_000 })

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(number, fc.constantFrom(...kinds)).map(([who, kind]) => open(who, kind)),
  },
  { weight: 6, arbitrary: number.map(prove) },
  { weight: 3, arbitrary: fc.tuple(number, fc.boolean()).map(([which, yes]) => decide(which, yes)) },
  { weight: 3, arbitrary: number.map(lift) },
  { weight: 1, arbitrary: fc.constant(anHourLater) },
)

test(
  `requests go the way of a simple model (${stepsWanted} steps, CANDOR_SEED=${seed})`,
  async () => {
    await using privacy = await startTestPrivacy({
      limits: { REQUESTS_PER_HOUR_REMOTE_MAX: 1_000_000, HOLDER_TIMEOUT_MS: 30_000 },
    })
    const perHistory = 40
    const histories = Math.ceil(stepsWanted / perHistory)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: perHistory, maxLength: perHistory }), async (steps) => {
        const model: Model = { privacy, people: makePeople(privacy), requests: [] }
        for (const take of steps) await take(model)
        await agrees(model)
      }),
      { numRuns: histories, seed, endOnFailure: true },
    )
  },
  60_000 + stepsWanted * 1_000,
)

function makePeople(privacy: TestPrivacy): Model['people'] {
  return [1, 2, 3].map(() => {
    const [visitorId, tenantId] = [randomUUID(), privacy.business('shop').id]
    const email = `${visitorId}@example.org`
    for (const { rows } of Object.values(privacy.holders))
      rows.push({ tenantId, email, visitorId, text: 'one', name: 'Ida' })
    return { email, visitorId, isErased: false, name: 'Ida' }
  })
}

function open(who: number, kind: Modelled['kind']): Step {
  return async ({ privacy, people, requests }) => {
    const person = who % people.length
    const { email } = people[person]!
    const { id } = await privacy.as().openRequest.mutate({
      business: 'shop',
      kind,
      email,
      correction: { field: 'name', from: 'Ida', to: 'Ada' },
      objection: { processing: ['statistics'], reason: 'mine' },
      minor: { email, reporter: 'self' },
    })
    requests.push({ id, kind, person, state: 'awaiting-proof', stops: false, isMoot: false })
  }
}

function prove(which: number): Step {
  return async (model) => {
    const request = pick(model, which, ({ state }) => state === 'awaiting-proof')
    if (!request) return
    const { privacy } = model
    const { proof } = await privacy.mailbox.readProof(request.id)
    const proven = privacy.as().proveIdentity.mutate({ requestId: request.id, proof })
    if (request.state !== 'awaiting-proof') return void expect(await refusal(proven)).toBe('expired')
    await proven
    const { kind } = request
    request.state = kind === 'correction' || kind === 'objection' ? 'awaiting-decision' : 'completed'
    request.stops = kind === 'restriction' || kind === 'objection' || kind === 'marketing-opt-out'
    if (kind === 'erasure' || kind === 'minor-report') erased(model, request.person)
    await isAs(model, request)
  }
}

/** With the person go their restrictions, and every request of theirs that nobody has proven. */
function erased({ people, requests }: Model, person: number): void {
  people[person]!.isErased = true
  for (const other of requests.filter((one) => one.person === person)) {
    if (other.state === 'awaiting-proof') other.state = 'lapsed'
    other.stops = false
    other.isMoot = true
  }
}

function decide(which: number, approves: boolean): Step {
  return async (model) => {
    const request = pick(model, which, ({ state }) => state === 'awaiting-decision')
    if (!request) return
    const admin = await model.privacy.staff('shop', 'admin')
    const outcome = approves ? 'approved' : 'refused'
    const decided = admin.decideRequest.mutate({ requestId: request.id, outcome, reason: 'so it is' })
    if (request.state !== 'awaiting-decision') return void expect(await refusal(decided)).toBe('conflict')
    await decided
    const person = model.people[request.person]!
    // Of somebody who was erased since, nothing is left to correct or to let go of: only an answer remains.
    const isMoot = request.isMoot && !(request.kind === 'correction' && !approves)
    request.state = approves || isMoot ? 'completed' : 'refused'
    if (!approves) request.stops = false
    if (request.kind === 'correction' && approves && !person.isErased) person.name = 'Ada'
    await isAs(model, request)
  }
}

function lift(which: number): Step {
  return async (model) => {
    const request = pick(model, which, ({ state, stops }) => state === 'completed' && stops)
    if (!request || request.state === 'awaiting-proof' || request.state === 'lapsed') return
    const own = await model.privacy.subject(request.id)
    const lifted = own.liftRestriction.mutate({ requestId: request.id })
    if (!request.stops || request.state !== 'completed')
      return void expect(await refusal(lifted)).toBe('conflict')
    await lifted
    request.stops = false
    await settle(async () =>
      expect((await own.getRequest.query({ requestId: request.id })).inForce?.until).not.toBeNull(),
    )
  }
}

/** Whatever was not proven by now lapses. */
async function anHourLater(model: Model): Promise<void> {
  model.privacy.clock.advance(3_600_000)
  for (const request of model.requests) {
    if (request.state !== 'awaiting-proof') continue
    request.state = 'lapsed'
    await isAs(model, request)
  }
}

/** Mostly one that the step is for; at times any, which then has to be refused. */
function pick(
  { requests }: Model,
  which: number,
  isMeant: (request: Modelled) => boolean,
): Modelled | undefined {
  const meant = which % 4 === 0 ? requests : requests.filter(isMeant)
  return meant[Math.floor(which / 4) % Math.max(1, meant.length)]
}

async function isAs({ privacy }: Model, { id, state }: Modelled): Promise<void> {
  await settle(async () => {
    const [row] = await privacy.query(
      'select r.state, exists (select from saga_queue q where q.request_id = r.id) as busy from requests r where id = $1',
      [id],
    )
    // What has to be tried again comes due.
    if (row.busy) privacy.clock.advance(100)
    expect(row).toEqual({ state, busy: false })
  }, 15_000)
}

/** Everything the model knows is so, in privacy and in the services. */
async function agrees(model: Model): Promise<void> {
  for (const request of model.requests) await isAs(model, request)
  for (const [at, { visitorId, isErased, name }] of model.people.entries()) {
    const wanted = model.requests.filter(({ person, stops }) => person === at && stops).map(({ id }) => id)
    for (const { rows, restrictions } of Object.values(model.privacy.holders)) {
      const own = rows.filter((row) => row.visitorId === visitorId)
      expect(own.map((row) => row.name)).toEqual(isErased ? [] : [name])
      const stopping = restrictions
        .filter((one) => one.visitorId === visitorId)
        .map(({ requestId }) => requestId)
      if (!isErased) expect(new Set(stopping)).toEqual(new Set(wanted))
    }
  }
}
