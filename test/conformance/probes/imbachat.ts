import { closeBusiness } from '../close-business.ts'
import { endOf } from '@candor/policy/period'
import { clientsOf } from '../../story/clients.ts'
import { holds, same } from '../../story/expect.ts'
import { fromLink } from '../../story/mailbox.ts'
import { until } from '../../story/until.ts'
import { buyPlan, cardPaidWith } from '../buy-plan.ts'
import { choosePack } from '../choose-pack.ts'
import { insideProbe, probe, slowProbe } from '../probe.ts'
import { sweptAway } from '../swept-away.ts'
import { canary, closedChat, newPerson, openBusiness, proveRequest, visit } from '../world.ts'
import type { World } from '../world.ts'

const card = '5555 5555 5555 4444'
const day = 86_400_000

/** A plugin's vendor, with cookies by consent. */
export const imbachat = [
  probe('imbachat-02-two-roles', async (world) => {
    const holdings = await holdingsOfVisitor(world)
    const roles = [...new Set(holdings.map(({ category, role }) => `${category}: ${role}`))]
    holds(
      'every record says in which role',
      holdings.every(({ role }) => role),
    )
    holds(
      'what is handled for the business is handled as its processor',
      roles.includes('conversation: processor'),
    )
    return roles.join(', ')
  }),

  probe('imbachat-04-marketing', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'imbachat')
    const owner = await business.owner()
    const { email } = (await owner.identity.me.query()).user
    const [first, second] = [canary('News'), canary('News')]
    await owner.privacy.sendNews.mutate({ subject: first, text: 'We have news.' })
    const letter = await world.mailbox.letterTo(email, first)
    const token = fromLink(letter, 'token')
    same('what one click stops', await clientsOf(world.url).privacy.stopNews.mutate({ token }), {
      stopped: 'service-news',
    })
    const { queued } = await owner.privacy.sendNews.mutate({ subject: second, text: 'More news.' })
    same('accounts that still get news', queued, 1)
    const person = newPerson()
    await closedChat({ ...world, business }, person)
    const campaign = { subject: canary('Offer'), text: 'Buy!', instruction: 'Write to all who agreed' }
    same('who gets offers without consent', (await owner.privacy.sendCampaign.mutate(campaign)).queued, 0)
    holds(
      'no second letter came',
      !(await world.mailbox.lettersTo(email)).some(({ subject }) => subject === second),
    )
    return 'news until one click without sign-in stops it; offers to nobody without consent'
  }),

  insideProbe('imbachat-06-card-at-provider', async (world) => {
    const business = await openBusiness(world)
    await buyPlan(await business.owner())
    same('places that hold the number paid with', await world.search(cardPaidWith), [])
    const { chat } = await visit({ ...world, business })
    await chat.startConversation.mutate({ text: `My card is ${card}` })
    same('places that hold the number typed into the chat', await world.search([card]), [])
    return 'neither the number paid with nor the one typed into the chat is anywhere'
  }),

  slowProbe('imbachat-11-cookie-13-months', async function* (world) {
    const { chat, privacy } = await visit(world)
    const { widgetKey, slug } = world.business
    const { textVersion } = await privacy.getConsentPrompt.query({ business: slug })
    await privacy.recordConsent.mutate({ textVersion, given: ['advertising'], source: 'banner' })
    const campaign = canary('campaign')
    await until('the consent to count', async () => {
      const { campaignKept } = await chat.countVisit.mutate({ widgetKey, page: '/', campaign })
      return campaignKept
    })
    const keptAt = world.now()
    const limit = endOf(keptAt, { months: 13 })
    yield new Date(limit.getTime() - day)
    await world.swept()
    same('where it lies a day before', await world.search([campaign]), ['chat.cookie_yields'])
    yield new Date(limit.getTime() + 60_000)
    await sweptAway(world, [campaign])
    return 'there at 13 months less a day, gone at 13 months'
  }),

  probe('imbachat-12-rights-and-authority', async (world) => {
    const { slug } = world.business
    const noticeFor = (country: string) =>
      clientsOf(world.url).privacy.getNotice.query({ business: slug, country })
    const { rights } = await noticeFor('FR')
    for (const kind of [
      'access',
      'correction',
      'erasure',
      'restriction',
      'portability',
      'objection',
    ] as const) {
      const right = rights.find((one) => one.kind === kind)
      holds(`${kind} stands there with its law, how and by when`, right?.law && right.how && right.by)
      const { state } = await clientsOf(world.url).privacy.openRequest.mutate({
        business: slug,
        kind,
        email: `${canary('who')}@example.net`,
        correction: { field: 'name', from: 'One', to: 'Other' },
        objection: { processing: ['marketing'] },
      })
      same(`${kind} can be asked for`, state, 'awaiting-proof')
    }
    const named: string[] = []
    for (const country of ['FR', 'IE', 'PL', 'GB']) {
      const { authority, sections } = await noticeFor(country)
      same('whose authority', authority?.country, country)
      holds('the notice names it', JSON.stringify(sections).includes(authority!.url))
      named.push(authority!.name)
    }
    return `${rights.length} rights, each with its form and limit; ${named.join(', ')} for who lives there`
  }),

  probe('imbachat-14-information-on-request', async (world) => {
    const holdings = await holdingsOfVisitor(world)
    for (const { category, records, purposes, title, recipients, retention, source } of holdings)
      holds(
        `${category} has all six`,
        records.length > 0 && purposes.length > 0 && title && recipients.length > 0 && retention && source,
      )
    return `all six facts for ${new Set(holdings.map(({ category }) => category)).size} categories`
  }),

  probe('imbachat-15-notice-change', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'imbachat')
    const owner = await business.owner()
    const { email } = (await owner.identity.me.query()).user
    const draft = await owner.privacy.getPolicyDraft.query()
    const recipients = [
      ...draft.policy.recipients,
      {
        ...draft.policy.recipients.find(({ role }) => role === 'processor')!,
        id: 'printer',
        name: 'The printer',
      },
    ]
    await owner.privacy.savePolicyDraft.mutate({ pack: 'imbachat', policy: { ...draft.policy, recipients } })
    const published = await owner.privacy.publishPolicy.mutate({})
    holds('a new recipient is significant, and dated', published.isSignificant && published.revisedAt)
    await world.mailbox.letterTo(email, `version ${published.version} of its privacy notice`)
    const announced = await (await business.agent()).privacy.listAnnouncements.query()
    holds(
      'it stands in the account',
      announced.some(({ version }) => version === published.version),
    )
    const anyone = clientsOf(world.url).privacy
    const { slug } = business
    const versions = await anyone.listNoticeVersions.query({ business: slug })
    const diff = await anyone.diffNotices.query({
      business: slug,
      from: published.version - 1,
      to: published.version,
    })
    holds(
      'the difference is shown',
      diff.changes.some(({ path }) => path.startsWith('recipients')),
    )
    await anyone.getNoticeVersion.query({ business: slug, version: published.version - 1 })
    const letters = (await world.mailbox.lettersTo(email)).filter(isAboutNotice)
    holds('one letter for each significant version', letters.length <= versions.length)
    return `version ${published.version} dated, mailed, in the account; ${versions.length} versions readable, with what changed`
  }),

  insideProbe('imbachat-09-account-retention', async (world) => {
    const { before, kept } = await closeBusiness(world)
    const invoices = kept.find(({ table }) => table === 'invoices')
    holds('an invoice is kept, with its law and its end', invoices?.reason && invoices.until)
    const told = before.kept.find(({ table }) => table === 'invoices')
    same('what was told before', [told?.reason, told?.until], [invoices.reason, invoices.until])
    const named = kept.every(({ reason }) => reason.length > 0)
    holds('whatever is kept has its reason', named)
    return `erased but for ${kept.map(({ table }) => table).join(', ')}; invoices until ${invoices.until.slice(0, 10)}, told before and in the receipt`
  }),
]

/** What a visitor who chatted and asks for a copy is told. */
async function holdingsOfVisitor(world: World) {
  const person = newPerson()
  await closedChat(world, person)
  const { asSubject, requestId } = await proveRequest(world, 'access', person.email)
  const answer = await asSubject.privacy.getAccessAnswer.query({ requestId })
  return answer.services.flatMap((service) => service.holdings)
}

function isAboutNotice({ subject }: { subject: string }): boolean {
  return subject.includes('privacy notice')
}
