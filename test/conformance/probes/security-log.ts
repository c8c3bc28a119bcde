import { createTRPCClient, httpLink } from '@trpc/client'
import type { IdentityRouter } from '@candor/contracts/identity'
import { endOf } from '@candor/policy/period'
import { holds, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { slowProbe } from '../probe.ts'
import { sweptAway } from '../swept-away.ts'
import { canary, openBusiness, password } from '../world.ts'

const day = 86_400_000

/** From where and with what anybody signed in. */
export const securityLog = [
  slowProbe('chatinbox-03-security-log-60-days', async function* (outer) {
    const business = await openBusiness(outer)
    await choosePack(outer, business, 'chatinbox')
    // What came under the shorter promise of before is kept for that: the longer one begins when the last of it is gone.
    yield new Date(outer.now().getTime() + 31 * day)
    const { user, business: self } = await (await business.owner()).identity.me.query()
    const [address, device] = [
      `2001:db8::${canary('').slice(0, 4)}:${canary('').slice(0, 4)}`,
      canary('Device'),
    ]
    // At the service's own door, for the public one says itself from where a call came.
    const identity = createTRPCClient<IdentityRouter>({
      links: [
        httpLink({
          url: `${outer.doorOf('identity')}/trpc/identity`,
          headers: { 'x-forwarded-for': address, 'user-agent': device },
        }),
      ],
    })
    await identity.signIn.mutate({ email: user.email, password })
    const entries = () => outer.operator.listSecurityLog.query({ address })
    const [entry] = await until('the entry', async () => {
      const found = await entries()
      return found.length > 0 && found
    })
    same('what it says', [entry!.what, entry!.outcome, entry!.device], ['signIn', 'ok', device])
    const kept = await outer.search([address, device])
    same('where address and device are', kept, ['identity.security_log'])
    const [row] = await outer.query<{ id: string; text: string }>(
      'identity',
      'select id, s::text as text from security_log s where device = $1',
      [device],
    )
    same('where a key to the entry is', await outer.search([row!.id]), ['identity.security_log'])
    for (const word of [user.id, user.email, self.id, self.slug])
      holds('nothing in it says who', !row!.text.includes(word))
    const seenFor = async (purpose: string) =>
      (await outer.queryAsService('identity', { 'app.purpose': purpose }, 'select from security_log')).length
    same('entries that another purpose sees', [await seenFor(''), await seenFor('measure-use')], [0, 0])
    holds('the security purpose sees them', (await seenFor('keep-secure')) > 0)
    const limit = endOf(new Date(entry!.seenAt), { days: 60 })
    yield new Date(limit.getTime() - 60_000)
    await outer.swept()
    same('entries a minute before 60 days', (await entries()).length, 1)
    yield limit
    same('entries at 60 days', await entries(), [])
    await sweptAway(outer, [address, device])
    return 'address and device stand in that log alone, joined with nothing, seen by the security purpose alone; there a minute before 60 days, gone at 60 days'
  }),
]
