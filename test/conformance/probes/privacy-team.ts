import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { probe, slowProbe } from '../probe.ts'
import { publishEdited } from '../publish-edited.ts'
import { acknowledgeBriefing, canary, openBusiness, visit } from '../world.ts'
import type { World } from '../world.ts'

const day = 86_400_000

/** Who answers for data protection, and what staff know of it. */
export const privacyTeam = [
  probe('imbachat-16-dpo', async (world) => `${await caseFromPage(world, 'imbachat')}, and the officer`),
  probe('imocloud-15-contact', (world) => caseFromPage(world, 'imocloud')),
  probe('chatsphere-11-contact', (world) => caseFromPage(world, 'chatsphere')),

  slowProbe('imbachat-17-awareness', async function* (world) {
    const business = await openBusiness(world)
    await choosePack(world, business, 'imbachat')
    const { conversation } = await (
      await visit({ ...world, business })
    ).chat.startConversation.mutate({ name: 'Ada', text: 'Hello' })
    const read = async () =>
      (await business.agent()).chat.listMessages.query({ conversationId: conversation.id })
    await read()
    const overdue = async () =>
      (await (await business.owner()).privacy.listAwareness.query({})).filter(({ isOverdue }) => isOverdue)
    same('overdue on the first day', await overdue(), [])
    yield new Date(world.now().getTime() + 7 * day + 60_000)
    same('who has not acknowledged and reads', await refusal('it', read()), 'briefing-overdue')
    await acknowledgeBriefing(business.owner)
    const now = await until('the owner to be let in again', async () => {
      business.owner.forget()
      return overdue().catch(() => undefined)
    })
    same(
      'overdue after a week',
      now.map(({ role }) => role),
      ['agent'],
    )
    await acknowledgeBriefing(business.agent)
    await until('the agent to be let in again', () => {
      business.agent.forget()
      return read().catch(() => undefined)
    })
    yield new Date(world.now().getTime() + 366 * day)
    same('who acknowledged a year ago and reads', await refusal('it', read()), 'briefing-overdue')
    return 'who has not acknowledged the briefing after a week, or for a year, is listed and let at no personal data until then'
  }),
]

/** A message from the privacy page becomes a case of the privacy team, with a reference to follow it by. */
async function caseFromPage(world: World, pack: PackId): Promise<string> {
  const business = await openBusiness(world)
  await choosePack(world, business, pack)
  const contact = { email: `${canary('privacy')}@example.org`, officer: null as Officer | null }
  if (pack === 'imbachat') contact.officer = { name: 'Doris Officer', email: `${canary('dpo')}@example.org` }
  await publishEdited(world, business, pack, () => ({ contact }))
  const [message, address] = [canary('question'), `${canary('visitor')}@example.net`]
  const { page, context } = await world.browse()
  await page.goto(`${world.url}/privacy/${business.slug}/contact`)
  await page.getByRole('link', { name: contact.email }).waitFor()
  if (contact.officer) await page.getByText(contact.officer.name).waitFor()
  await page.getByRole('textbox', { name: 'Message' }).fill(message)
  await page.getByRole('textbox', { name: 'E-mail' }).fill(address)
  await page.getByRole('button', { name: 'Send' }).click()
  const reference = (await page.getByRole('status', { name: 'Reference' }).textContent())!.trim()
  await context.close()
  for (const to of [contact.email, ...(contact.officer ? [contact.officer.email] : [])])
    holds(`it reaches ${to}`, (await world.mailbox.letterTo(to, reference)).text.includes(message))
  await world.mailbox.letterTo(address, reference)
  const { privacy } = await business.owner()
  const opened = (await privacy.listCases.query({ state: 'open' })).find((one) => one.reference === reference)
  same('the case', [opened?.message, opened?.email], [message, address])
  await privacy.answerCase.mutate({ caseId: opened!.id, text: 'In Germany.' })
  await world.mailbox.letterTo(address, 'In Germany.')
  const { state } = await clientsOf(world.url).privacy.getCaseStatus.query({
    business: business.slug,
    reference,
  })
  same('what its reference tells', state, 'answered')
  return 'a message from the page reached the team as a case with a reference; its answer came by mail'
}

interface Officer {
  name: string
  email: string
}
