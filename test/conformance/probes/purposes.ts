import { everyPublicProcedure } from '../../derived/every-procedure.ts'
import { rawCall } from '../../derived/raw-call.ts'
import { sampleInput } from '../../derived/sample-input.ts'
import { purposes as declared } from '@candor/contracts/purposes'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { insideProbe } from '../probe.ts'
import { publishEdited } from '../publish-edited.ts'
import { canary, closedChat, newPerson, openBusiness, visit } from '../world.ts'
import type { World } from '../world.ts'

/** For what data is used, and for what not. */
export const purposes = [
  insideProbe('chatsphere-03-purposes', async (outer) => {
    const business = await openBusiness(outer)
    await choosePack(outer, business, 'chatsphere')
    const world = { ...outer, business }
    const asked = await otherPurposesRefused(world)
    const owner = await business.owner()
    await owner.privacy.sendNews.mutate({ subject: 'News', text: 'We have news.' })
    await publishEdited(world, business, 'chatsphere', ({ categories }) => ({
      categories: Object.fromEntries(
        Object.entries(categories).map(([id, rule]) => {
          const left = rule.purposes.filter((purpose) => purpose !== 'send-news')
          if (left.length > 0) return [id, { ...rule, purposes: left }]
          return [id, { ...rule, ...noNews }]
        }),
      ) as typeof categories,
    }))
    await until('a purpose that the notice no longer names to be refused', () =>
      owner.privacy.sendNews.mutate({ subject: 'News', text: 'We have news.' }).then(
        () => false,
        (err: { data?: { reason?: string } }) => err.data?.reason === 'other-purpose',
      ),
    )
    holds(
      'refusals are counted',
      /rpc_requests_total{[^}]*other-purpose/.test(await world.metricsOf('privacy')),
    )
    const columns = await world.query<{ name: string }>(
      'chat',
      `select column_name as name from information_schema.columns where table_name = 'visit_counts'`,
    )
    holds('visits are counted', columns.length > 0)
    const person = columns.filter(({ name }) => /visitor|contact|session|address|email|name/.test(name))
    same('what leads from a count of visits to a person', person, [])
    return `${asked} procedures that touch personal data refuse any purpose but their own, and that is counted; trends are counts`
  }),

  insideProbe('imsupporting-13-never-sold', async (outer) => {
    const business = await openBusiness(outer)
    await choosePack(outer, business, 'imsupporting')
    const world = { ...outer, business }
    const person = newPerson()
    await closedChat(world, person)
    const { privacy } = await business.owner()
    const subject = canary('Offer')
    const letter = { subject, text: 'Buy!', instruction: 'Write to everybody who chatted' }
    same('a campaign', await refusal('it', privacy.sendCampaign.mutate(letter)), 'forbidden')
    const news = privacy.sendNews.mutate({ subject, text: 'We have news.' })
    same('news', await refusal('it', news), 'forbidden')
    const lists = await world.query('privacy', 'select from marketing_preferences where email = $1', [
      person.email,
    ])
    same('lists that hold the address', lists.length, 0)
    const asked = await otherPurposesRefused(world)
    const foreign = Object.keys(declared).filter((purpose) => /sell|sale|share|broker|target/.test(purpose))
    same('purposes of selling', foreign, [])
    const { policy } = await privacy.getPolicyDraft.query()
    const advertise = Object.entries(policy.categories).filter(([, { purposes: named }]) =>
      named.includes('advertise'),
    )
    same('categories used for advertising', advertise, [])
    const letters = (await world.mailbox.lettersTo(person.email)).filter((one) =>
      one.subject.includes(subject),
    )
    same('offers that came', letters.length, 0)
    return `the address is on no list after a chat; ${asked} procedures that touch personal data refuse any purpose but their own`
  }),

  insideProbe('chatsphere-09-client-is-controller', async (outer) => {
    const settings = everyPublicProcedure.filter(({ name }) => settingRows.has(name))
    same('procedures that set how data is processed', settings.length, settingRows.size)
    for (const { name, procedure } of settings)
      same(
        `who calls ${name}`,
        procedure.access.filter((who) => who !== 'owner' && who !== 'admin'),
        [],
      )
    const [mine, theirs] = [await openBusiness(outer), await openBusiness(outer)]
    const versionsOf = async (slug: string) =>
      clientsOf(outer.url).privacy.listNoticeVersions.query({ business: slug })
    const before = await versionsOf(theirs.slug)
    await choosePack(outer, mine, 'chatsphere')
    same('what it changed elsewhere', await versionsOf(theirs.slug), before)
    const agent = (await mine.agent()).privacy
    const byAgent = agent.savePolicyDraft.mutate({ pack: 'chatsphere' })
    same('staff who are not in charge', await refusal('it', byAgent), 'forbidden')
    const visitor = (await visit({ ...outer, pack: 'chatsphere', business: mine })).privacy
    const byVisitor = visitor.savePolicyDraft.mutate({ pack: 'candor' } as never)
    same('a visitor', await refusal('it', byVisitor), 'forbidden')
    const acts = await (await mine.owner()).privacy.listAuditEntries.query({ kind: 'act' })
    const decided = acts.entries.filter(({ what }) => what === 'notice-published')
    same('who published', [...new Set(decided.map(({ role }) => role))], ['owner'])
    const mailings = await (await mine.owner()).privacy.listMailings.query()
    same('letters the platform sent of its own accord', mailings, [])
    return `${settings.length} settings, each the owner's or admins' of that business alone; publishing changed nothing elsewhere; nothing was sent unasked`
  }),
]

const noNews = { purposes: ['measure-use'] } as const

const settingRows = new Set(['savePolicyDraft', 'publishPolicy', 'placeHold', 'releaseHold', 'sendCampaign'])

/** Calls everything that touches personal data as staff for a purpose it was not declared for. */
async function otherPurposesRefused(world: World): Promise<number> {
  const token = await world.business.owner.token()
  const touching = everyPublicProcedure.filter(
    ({ procedure }) => procedure.purpose !== 'none' && procedure.access.includes('owner'),
  )
  for (const { service, name, procedure } of touching) {
    const other = procedure.purpose === 'advertise' ? 'send-news' : 'advertise'
    const input = sampleInput(procedure)
    const { error } = await rawCall(world.url, service, name, procedure, input, token, {
      'data-purpose': other,
    })
    same(`${service}.${name} for another purpose`, error?.data.reason, 'other-purpose')
  }
  return touching.length
}
