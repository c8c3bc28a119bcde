import { endOf } from '@candor/policy/period'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { slowProbe } from '../probe.ts'
import { sweptAway } from '../swept-away.ts'
import { closedChat, newPerson, openBusiness, proveRequest } from '../world.ts'

/** What outlives an erasure, and what news anybody wants. */
export const evidence = [
  slowProbe('imsupporting-16-evidence-log', async function* (outer) {
    const business = await openBusiness(outer)
    await choosePack(outer, business, 'imsupporting')
    const world = { ...outer, business }
    const person = newPerson()
    await closedChat(world, person)
    const read = async () =>
      (await business.owner()).privacy.readEvidence.query({ email: person.email, reason: 'dispute' })
    const [kept] = await until('the evidence of use', async () => {
      const found = await read()
      return found.length === 1 && found
    })
    same('what it holds', [kept!.name, kept!.email], [person.name, person.email])
    const byAgent = (await business.agent()).privacy.readEvidence.query({
      email: person.email,
      reason: 'dispute',
    })
    same('anybody but the owner', await refusal('it', byAgent), 'forbidden')
    const tenant = { 'app.tenants': (await (await business.owner()).identity.me.query()).business.id }
    const rows = await world.queryAsService('privacy', tenant, 'select from evidence_log')
    same('rows that the database shows without the purpose', rows.length, 0)
    const { reached } = await proveRequest(world, 'erasure', person.email)
    await reached('completed')
    await until('all else to be gone', async () => {
      const left = await world.search(person.words)
      return left.length === 1 && left[0] === 'privacy.evidence_log'
    })
    const limit = endOf(new Date(kept!.usedAt), { months: 12 })
    same('when it ends', kept!.expiresAt, limit.toISOString())
    yield new Date(limit.getTime() - 60_000)
    await world.swept()
    same('records a minute before twelve months', (await read()).length, 1)
    yield limit
    same('records at twelve months', await read(), [])
    await sweptAway(world, person.words)
    return 'outlives the erasure, shown to the evidence purpose alone; there a minute before 12 months, gone at 12 months from every store'
  }),

  slowProbe('imbachat-10-marketing-preference', async function* (outer) {
    const business = await openBusiness(outer)
    await choosePack(outer, business, 'imbachat')
    const { user } = await (await business.owner()).identity.me.query()
    const rows = async () =>
      (await outer.query('privacy', 'select from marketing_preferences where email = $1', [user.email]))
        .length
    const choose = async () => (await business.owner()).privacy.setServiceNews.mutate({ wanted: true })
    await choose()
    const period = { months: 24 }
    // Within the week in which staff need not have acknowledged the briefing yet.
    const second = new Date(outer.now().getTime() + 5 * 86_400_000)
    const firstLimit = endOf(outer.now(), period)
    yield second
    await choose()
    const limit = endOf(outer.now(), period)
    yield new Date(firstLimit.getTime() + 60_000)
    await outer.swept()
    same('there when the first period is over', await rows(), 1)
    yield new Date(limit.getTime() - 60_000)
    await outer.swept()
    same('there just before the second is', await rows(), 1)
    yield new Date(limit.getTime() + 60_000)
    await outer.swept()
    same('there once it is over', await rows(), 0)
    holds('it was the second sign that counted', limit > firstLimit)
    return 'a second sign of interest began the 24 months anew; gone when they were over'
  }),
]
