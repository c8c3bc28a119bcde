import { randomUUID } from 'node:crypto'
import type { CategoryId } from '@candor/contracts/policy/categories'
import { countExpiring } from '@candor/personal-data/count-expiring'
import { asTenant } from '@candor/runtime/tenancy'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMember, addTalk, addVisit, clubData, countRows, openClub, policyOf } from './club.ts'
import type { Club } from './club.ts'
import { byId, readModel, sweepModel } from './retention-model.ts'
import type { Model } from './retention-model.ts'

let club: Club
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club[Symbol.asyncDispose]())

/** A run is a history of up to forty steps; MODEL_RUNS=400 walks through some ten thousand. */
const runs = Number(process.env.MODEL_RUNS ?? 8)

const policies = [
  policyOf({
    'contact-details': { months: 2, byMail: { months: 4 } },
    conversation: { months: 2, byMail: { months: 5 } },
    'usage-facts': { months: 2 },
    'cookie-yield': { days: 30 },
  }),
  policyOf({
    'contact-details': { months: 1, days: 3 },
    conversation: { months: 4 },
    'usage-facts': { days: 20 },
    'cookie-yield': { months: 1 },
  }),
  policyOf({
    'contact-details': { months: 6 },
    conversation: { months: 1 },
    'usage-facts': { months: 3 },
  }),
]
const holdable: CategoryId[] = ['conversation', 'contact-details', 'usage-facts', 'cookie-yield']
const pick = fc.nat({ max: 1_000 })
const step = fc.oneof(
  fc.record({ kind: fc.constant('member' as const) }),
  fc.record({
    kind: fc.constant('talk' as const),
    pick,
    channel: fc.constantFrom('chat' as const, 'mail' as const),
  }),
  fc.record({ kind: fc.constant('write' as const), pick }),
  fc.record({ kind: fc.constant('close' as const), pick }),
  fc.record({ kind: fc.constant('visit' as const) }),
  fc.record({ kind: fc.constant('policy' as const), pick: fc.nat({ max: policies.length - 1 }) }),
  fc.record({ kind: fc.constant('hold' as const), category: fc.constantFrom(...holdable) }),
  fc.record({ kind: fc.constant('release' as const), category: fc.constantFrom(...holdable) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40 * 86_400_000 }) }),
  fc.record({ kind: fc.constant('sweep' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test('whatever is written, held, released and waited for: what is there is what a simple model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }), async (steps) => {
      const tenantId = randomUUID()
      club.clock.set('2027-10-20T10:00:00.000Z')
      const model: Model = {
        policy: policies[0]!,
        held: new Set(),
        members: new Map(),
        talks: new Map(),
        visits: [],
      }
      for (const next of [...steps, { kind: 'sweep' } as const]) await take(tenantId, model, next)
      await asTenant(club.db, tenantId, (trx) => sql`delete from members`.execute(trx))
    }),
    { numRuns: runs, interruptAfterTimeLimit: 280_000 },
  )
}, 300_000)

async function take(tenantId: string, model: Model, next: Step): Promise<void> {
  const now = club.clock.now()
  const talkIds = [...model.talks.keys()]
  const memberIds = [...model.members.keys()]
  const change = (id: string, values: object) =>
    asTenant(club.db, tenantId, (trx) => trx.updateTable('talks').set(values).where('id', '=', id).execute())
  publish(tenantId, model)
  if (next.kind === 'member') model.members.set(await addMember(club, tenantId), { name: 'Ada', counts: now })
  if (next.kind === 'visit') {
    await addVisit(club, tenantId, now)
    model.visits.push(now)
  }
  if (next.kind === 'talk' && memberIds.length > 0) {
    const { channel } = next
    const memberId = memberIds[next.pick % memberIds.length]!
    const id = await addTalk(club, tenantId, { memberId, channel })
    const talk = {
      memberId,
      channel,
      page: '/shop',
      topic: 'tea',
      text: 'hello',
      updatedAt: now,
      closedAt: null,
    }
    model.talks.set(id, talk)
  }
  if ((next.kind === 'write' || next.kind === 'close') && talkIds.length > 0) {
    const id = talkIds[next.pick % talkIds.length]!
    const talk = model.talks.get(id)!
    if (talk.closedAt) return
    if (next.kind === 'write') talk.updatedAt = now
    else talk.closedAt = now
    await change(id, { updated_at: talk.updatedAt, closed_at: talk.closedAt })
  }
  if (next.kind === 'policy') model.policy = policies[next.pick]!
  if (next.kind === 'hold') model.held.add(next.category)
  if (next.kind === 'release') model.held.delete(next.category)
  if (next.kind === 'wait') club.clock.advance(next.ms)
  if (next.kind === 'sweep') await sweepBoth(tenantId, model)
}

/** The preview says beforehand how many rows go, the sweep takes them, and the model agrees with what is left. */
async function sweepBoth(tenantId: string, model: Model): Promise<void> {
  const asOf = club.clock.now()
  const before = await countRows(club, tenantId)
  const told = await countExpiring(club.db, clubData, club.rules, { tenantId, asOf })
  await club.sweep()
  sweepModel(model, asOf)
  expect(await readClub(tenantId)).toEqual(readModel(model))
  const after = await countRows(club, tenantId)
  const gone = told.filter(({ table }) => before[table as 'talks'] > after[table as 'talks'])
  for (const table of ['talks', 'words', 'members', 'visits'] as const) {
    const rows = gone.filter((row) => row.table === table).reduce((sum, row) => sum + row.rows, 0)
    expect(rows).toBeGreaterThanOrEqual(before[table] - after[table])
  }
  expect(await countExpiring(club.db, clubData, club.rules, { tenantId, asOf })).toEqual([])
}

function publish(tenantId: string, { policy, held }: Model): void {
  const holds = [...held].map((category) => ({ category, law: 'Court order', owner: 'Olga', until: null }))
  club.setRules(tenantId, policy, holds)
}

async function readClub(tenantId: string) {
  const { rows: members } = await sql<{ id: string; name: string | null }>`
    select id, name from members where tenant_id = ${tenantId}`.execute(club.superuser)
  const { rows: talks } = await sql<{
    id: string
    page: string | null
    topic: string | null
    words: string[]
  }>`
    select id, page, topic, array(
      select case when text = 'bye' then 'hello' else text end from words w where w.talk_id = t.id) as words
    from talks t where tenant_id = ${tenantId}`.execute(club.superuser)
  const { rows: visits } = await sql<{ at: Date }>`
    select at from visits where tenant_id = ${tenantId}`.execute(club.superuser)
  return {
    members: members.toSorted(byId),
    talks: talks.toSorted(byId),
    visits: visits.map(({ at }) => at.toISOString()).toSorted(),
  }
}
