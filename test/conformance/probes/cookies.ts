import type { Page } from 'playwright-core'
import { consentOn } from '../../browser/acts/consent.ts'
import { chatOn } from '../../browser/acts/visitor.ts'
import type { Person } from '../../browser/person.ts'
import { holds, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { cannotRender, isOneTreeForBoth } from '../own-installation.ts'
import { inPart, insideProbe, probe } from '../probe.ts'
import { canary, openBusiness } from '../world.ts'
import type { Business, World } from '../world.ts'

const plugin = insideProbe('imbachat-01-plugin', async (world) => {
  const text = canary('plugin')
  const { page, close } = await open(world, world.business)
  await consentOn(page).refuse.click()
  const chat = chatOn(page)
  await chat.open()
  await chat.say(text)
  await chat.log.getByText('Sent').waitFor()
  await close()
  const { conversations } = await (await world.business.agent()).chat.listConversations.query({ limit: 200 })
  holds('staff see the conversation', JSON.stringify(conversations).includes(text))
  await isOneTreeForBoth()
  return 'one script tag on a foreign page opened the widget, and a conversation started; by its overlay the same tree is for many businesses, or takes one and no other'
})

/** What a visitor's browser is asked, keeps and sends: seen in a real one, on somebody else's page. */
export const cookies = [
  cannotRender ? inPart(plugin, cannotRender) : plugin,

  probe('imbachat-07-essential-cookies', async (world) => {
    const business = await ofPack(world)
    const greeted = async (choice: 'accept' | 'refuse') => {
      const { page, person, close } = await open(world, business)
      await consentOn(page).banner.waitFor()
      same('stored before any choice', await stored(person, page), [])
      await consentOn(page)[choice].click()
      const chat = chatOn(page)
      await chat.open()
      await chat.introduce({ name: 'Ada Okoro', email: '' })
      await chat.say('hello')
      await chat.log.getByText('Sent').waitFor()
      await page.close()
      const back = await person.context.newPage()
      await back.goto(world.site.pageOf(business.widgetKey))
      await chatOn(back).open()
      await back
        .getByText(choice === 'accept' ? 'Welcome back, Ada Okoro.' : 'Hello. How can we help?')
        .waitFor()
      const name = await back.getByRole('textbox', { name: 'Name' }).inputValue()
      const kept = await stored(person, back)
      await close()
      return { name, kept }
    }
    same('the name filled in with consent', (await greeted('accept')).name, 'Ada Okoro')
    const without = await greeted('refuse')
    same('the name filled in without', without.name, '')
    same('kept without', without.kept, ['local candor.consent'])
    return 'nothing before a choice; greeted by name with consent, a stranger without it, and then only the choice is kept'
  }),

  probe('imbachat-08-cookie-banner', async (world) => {
    const business = await ofPack(world)
    const counts = async () =>
      (await business.owner()).chat.listVisitCounts.query({ from: '2020-01-01', to: '2100-01-01' })
    const { page, person, close } = await open(world, business, '&utm_campaign=spring')
    const { banner, refuse, accept, choices } = consentOn(page)
    await banner.waitFor()
    for (const box of await banner.getByRole('checkbox').all())
      holds('nothing is ticked beforehand', !(await box.isChecked()))
    const look = (button: typeof refuse) =>
      button.evaluate((element) => {
        const { color, backgroundColor, borderColor, fontSize, fontWeight } = getComputedStyle(element)
        const { top, height } = element.getBoundingClientRect()
        return { color, backgroundColor, borderColor, fontSize, fontWeight, top, height }
      })
    same('refusing looks like accepting', await look(refuse), await look(accept))
    await refuse.click()
    await choices.waitFor()
    await page.reload()
    await choices.waitFor()
    same('kept after refusing', await stored(person, page), ['local candor.consent'])
    same('sent after refusing', callsOf(person), ['privacy/getConsentPrompt'])
    same('third parties told', world.site.toldThirdParty(business.widgetKey), 0)
    same('visits counted', await counts(), [])

    await choices.click()
    await accept.click()
    await choices.waitFor()
    await until('the visit to be counted', async () => (await counts()).length === 1)
    same('kept after accepting', await stored(person, page), [
      'cookie candor_campaign',
      'cookie candor_statistics',
      'local candor.consent',
    ])
    await until('the page’s own part to load', () => world.site.toldThirdParty(business.widgetKey) > 0)
    await choices.click()
    await refuse.click()
    await choices.waitFor()
    same('kept after withdrawing', await stored(person, page), ['local candor.consent'])
    await close()
    return 'asked at the first visit, both answers one click and alike; refusing kept the word alone and sent nothing, accepting set what is declared, withdrawing deleted it'
  }),

  probe('chatinbox-02-dnt-honoured', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'chatinbox')
    const counts = async () =>
      (await business.owner()).chat.listVisitCounts.query({ from: '2020-01-01', to: '2100-01-01' })
    const first = await open(world, business)
    await consentOn(first.page).accept.click()
    await until('the visit to be counted', async () => (await counts()).length === 1)
    await until('a third party to be told', () => world.site.toldThirdParty(business.widgetKey) > 0)
    const storageState = await first.person.context.storageState()
    await first.close()
    const [before, told] = [await counts(), world.site.toldThirdParty(business.widgetKey)]
    for (const [name, header, script] of signals) {
      const { page, person, close } = await open(world, business, '&utm_campaign=x', {
        storageState,
        extraHTTPHeaders: header,
        script,
      })
      await consentOn(page).choices.waitFor()
      await page.waitForLoadState('networkidle')
      same(`third parties told in spite of ${name}`, world.site.toldThirdParty(business.widgetKey), told)
      same(`counted in spite of ${name}`, await counts(), before)
      same(`kept in spite of ${name}`, await stored(person, page), ['local candor.consent'])
      const hosts = new Set(person.requests.map((address) => new URL(address).host))
      same(`hosts asked in spite of ${name}`, hosts.size, 2)
      await close()
    }
    return 'with consent a third party was told and the visit counted; with Do Not Track or Global Privacy Control, and the same consent cookies, neither'
  }),
]

const signals = [
  ['Do Not Track', { DNT: '1' }, `Object.defineProperty(navigator, 'doNotTrack', { get: () => '1' })`],
  [
    'Global Privacy Control',
    { 'Sec-GPC': '1' },
    `Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true })`,
  ],
] as const

async function ofPack(world: World): Promise<Business> {
  const business = await openBusiness(world)
  await choosePack(world, business, 'imbachat')
  return business
}

async function open(
  world: World,
  business: Business,
  query = '',
  options: NonNullable<Parameters<World['browse']>[0]> & { script?: string } = {},
) {
  const { script, ...context } = options
  const person = await world.browse(context)
  if (script) await person.context.addInitScript(script)
  await person.page.goto(world.site.pageOf(business.widgetKey, query))
  return { person, page: person.page, close: () => person.context.close() }
}

/** Names of all that this site has left in the browser, the tab's own memory apart. */
async function stored({ context }: Person, page: Page): Promise<string[]> {
  const kept = (await context.cookies()).map(({ name }) => `cookie ${name}`)
  const local = await page.evaluate(() => Object.keys({ ...localStorage }))
  return [...kept, ...local.map((name) => `local ${name}`)].toSorted()
}

/** What was asked of the platform, each once. */
function callsOf({ requests }: Person): string[] {
  const calls = requests.map((address) => /\/trpc\/([\w/,]+)/.exec(address)?.[1])
  return [...new Set(calls.filter((call) => call !== undefined))]
}
