import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { imbachat } from '@candor/policy/packs/imbachat'
import { imocloud } from '@candor/policy/packs/imocloud'
import { settle } from '@candor/testing/settle'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { clientsOf } from '../../story/clients.ts'
import { chatOn } from '../acts/visitor.ts'
import { audit } from '../audit.ts'
import { newBusiness } from '../new-business.ts'
import { openPerson } from '../person.ts'
import type { Person } from '../person.ts'
import type { Platform } from '../platform.ts'

let platform: Platform

export function consentTests(started: () => Platform): void {
  beforeAll(() => {
    platform = started()
  })

  test('a first visit asks, and before an answer nothing is stored and nothing sent but the question', async () => {
    const { page, person } = await visit(await shopOf(imbachat.policy))
    const { banner } = consentOn(page)
    await banner.waitFor()
    expect(await banner.innerText()).toContain('May we remember your name on this device')
    for (const box of await banner.getByRole('checkbox').all()) expect(await box.isChecked()).toBe(false)
    expect(await banner.getByRole('checkbox').count()).toBe(3)
    expect(await stored(person)).toEqual({})
    expect(sent(person)).toEqual(['GET privacy/getConsentPrompt'])
  })

  test('refusing is as easy as accepting: the same button in the same row, one click each, by keyboard too', async () => {
    const { page } = await visit(await shopOf(imbachat.policy))
    const { refuse, accept } = consentOn(page)
    const [no, yes] = [(await refuse.boundingBox())!, (await accept.boundingBox())!]
    expect({ y: no.y, width: Math.round(no.width), height: no.height }).toEqual({
      y: yes.y,
      width: Math.round(yes.width),
      height: yes.height,
    })
    const look = (button: typeof refuse) =>
      button.evaluate((element) => {
        const { color, backgroundColor, borderColor, fontSize, fontWeight } = getComputedStyle(element)
        return { color, backgroundColor, borderColor, fontSize, fontWeight }
      })
    expect(await look(refuse)).toEqual(await look(accept))
    await refuse.focus()
    await page.keyboard.press('Enter')
    await consentOn(page).banner.waitFor({ state: 'hidden' })
  })

  test('refusing sends nothing and keeps the word alone; the next page neither asks again nor counts', async () => {
    const shop = await shopOf(imbachat.policy)
    const { page, person } = await visit(shop, { query: '&utm_campaign=spring' })
    await consentOn(page).refuse.click()
    await consentOn(page).choices.waitFor()
    await page.reload()
    await consentOn(page).choices.waitFor()
    expect(await consentOn(page).banner.isVisible()).toBe(false)
    expect(Object.keys(await stored(person))).toEqual(['local candor.consent'])
    expect(JSON.stringify(await stored(person))).not.toContain('Token')
    expect(new Set(sent(person))).toEqual(new Set(['GET privacy/getConsentPrompt']))
    expect(await shop.counts()).toEqual([])
  })

  test('accepting counts the visit, sets what is declared and nothing else, and tells the page; withdrawing deletes all of it and stops', async () => {
    const shop = await shopOf(imbachat.policy)
    const { page, person } = await visit(shop, { query: '&utm_campaign=spring' })
    await consentOn(page).banner.waitFor()
    await page.evaluate(`
    document.body.insertAdjacentHTML('beforeend',
      '<img id="pixel" alt="" data-candor-purpose="advertising" data-src="/shop/icon.svg?ad">')
    window.told = []
    document.addEventListener('candor:consent', (event) => window.told.push(event.detail.given))`)
    await consentOn(page).accept.click()
    await consentOn(page).choices.waitFor()
    await settle(async () => expect(await shop.counts()).toMatchObject([{ page: '/', views: 1, visits: 1 }]))
    expect(Object.keys(await stored(person)).toSorted()).toEqual([
      'cookie candor_campaign',
      'cookie candor_statistics',
      'local candor.consent',
    ])
    expect(await page.locator('#pixel').getAttribute('src')).toBe('/shop/icon.svg?ad')

    await consentOn(page).choices.click()
    await consentOn(page).refuse.click()
    await consentOn(page).choices.waitFor()
    expect(Object.keys(await stored(person))).toEqual(['local candor.consent'])
    expect(JSON.stringify(await stored(person))).not.toContain('Token')
    expect(await page.locator('#pixel').getAttribute('src')).toBeNull()
    expect(await page.evaluate('window.told')).toEqual([['remember-me', 'statistics', 'advertising'], []])
    const before = await shop.counts()
    await page.reload()
    await consentOn(page).choices.waitFor()
    await page.waitForLoadState('networkidle')
    expect(await shop.counts()).toEqual(before)
  })

  test('with consent a returning visitor is greeted by name, without it is not, and a withdrawal forgets the name', async () => {
    for (const [choice, isGreeted] of [
      ['accept', true],
      ['refuse', false],
    ] as const) {
      const shop = await shopOf(imbachat.policy)
      const { page, person } = await visit(shop)
      await consentOn(page)[choice].click()
      const chat = chatOn(page)
      await chat.open()
      await chat.introduce({ name: 'Ada Okoro', email: '' })
      await chat.say('hello')
      await chat.log.getByText('Sent').waitFor()
      await page.close()

      const back = await person.context.newPage()
      await back.goto(shop.url())
      await chatOn(back).open()
      const greeting = back.getByText('Welcome back, Ada Okoro.')
      if (!isGreeted) {
        await back.getByText('Hello. How can we help?').waitFor()
        expect(await back.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('')
        continue
      }
      await greeting.waitFor()
      expect(await back.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Ada Okoro')
      await consentOn(back).choices.click()
      await consentOn(back).refuse.click()
      await greeting.waitFor({ state: 'hidden' })
      expect(await back.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('')
      expect(JSON.stringify(await stored({ ...person, page: back }))).not.toContain('Ada')
    }
  })

  test('each purpose can be agreed to by itself', async () => {
    const shop = await shopOf(imbachat.policy)
    const { page, person } = await visit(shop, { query: '&utm_campaign=spring' })
    const { banner } = consentOn(page)
    await banner.getByRole('checkbox', { name: 'Count my visits' }).check()
    await banner.getByRole('button', { name: 'Accept what is ticked' }).click()
    await settle(async () => expect(await shop.counts()).toHaveLength(1))
    expect(Object.keys(await stored(person)).toSorted()).toEqual([
      'cookie candor_statistics',
      'local candor.consent',
    ])
  })

  for (const [signal, options, script] of [
    [
      'Do Not Track',
      { extraHTTPHeaders: { DNT: '1' } },
      "Object.defineProperty(navigator, 'doNotTrack', { value: '1' })",
    ],
    [
      'Global Privacy Control',
      {},
      "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })",
    ],
  ] as const) {
    test(`${signal} is obeyed with older consent on the device too: nothing is counted, sent on or left, and statistics are not asked for`, async () => {
      const shop = await shopOf(imbachat.policy)
      const first = await visit(shop)
      await consentOn(first.page).accept.click()
      await settle(async () => expect(await shop.counts()).toHaveLength(1))
      const before = await shop.counts()

      const state = await first.person.context.storageState()
      const { page, person } = await visit(shop, {
        ...options,
        storageState: state,
        script,
        query: '&utm_campaign=x',
      })
      await consentOn(page).choices.waitFor()
      await page.waitForLoadState('networkidle')
      expect(Object.keys(await stored(person))).toEqual(['local candor.consent'])
      expect(sent(person).filter((call) => call.includes('countVisit'))).toEqual([])
      expect(await shop.counts()).toEqual(before)
      await consentOn(page).choices.click()
      expect(await consentOn(page).banner.getByRole('checkbox').count()).toBe(1)
    })

    test(`${signal} changes nothing where the notice ignores it`, async () => {
      const shop = await shopOf(imocloud.policy)
      const { page } = await visit(shop, { ...options, script })
      await consentOn(page).accept.click()
      await settle(async () => expect(await shop.counts()).toHaveLength(1))
    })
  }

  test('what cannot be saved has not been agreed to, and says so', async () => {
    const { page, person } = await visit(await shopOf(imbachat.policy))
    await consentOn(page).accept.waitFor()
    await person.context.route('**/trpc/**', (route) => route.abort())
    await consentOn(page).accept.click()
    await consentOn(page).banner.getByRole('alert').waitFor()
    expect(await stored(person)).toEqual({})
  })

  test('axe finds nothing in the banner, which fits a phone', async () => {
    const { page, person } = await visit(await shopOf(imbachat.policy))
    await consentOn(page).banner.waitFor()
    expect(await audit(person, 'banner')).toEqual([])
    await consentOn(page).refuse.click()
    await consentOn(page).choices.waitFor()
    expect(await audit(person, 'after the choice')).toEqual([])
  })

  test("the site says at /.well-known/gpc.json what its business's notice does", async () => {
    const { port } = new URL(platform.shopUrl)
    const honours = async (policy: Policy) => {
      const { widgetKey } = await shopOf(policy)
      const response = await fetch(`http://localhost:${port}/.well-known/gpc.json?key=${widgetKey}`)
      return (await response.json()) as unknown
    }
    expect(await honours(imbachat.policy)).toEqual({ gpc: true, lastUpdate: '2026-11-21' })
    expect(await honours(imocloud.policy)).toEqual({ gpc: false, lastUpdate: '2026-11-21' })
  })
}

/** A business that has published this notice. */
async function shopOf(policy: Policy) {
  const { business, accessToken } = await newBusiness(platform.url)
  await platform.publish(business.id, policy)
  const asked: ConsentPurpose[] = policy.consent.asked
  const anyone = clientsOf(platform.url).privacy
  await settle(async () => {
    const prompt = await anyone.getConsentPrompt.query({ business: business.slug })
    expect([prompt.asked, prompt.signals]).toEqual([asked, policy.signals])
  })
  const owner = clientsOf(platform.url, accessToken).chat
  return {
    widgetKey: business.widgetKey,
    url: (query = '') => `${platform.shopUrl}/?key=${business.widgetKey}${query}`,
    counts: () => owner.listVisitCounts.query({ from: '2020-01-01', to: '2100-01-01' }),
  }
}

async function visit(
  shop: Awaited<ReturnType<typeof shopOf>>,
  options: BrowserContextOptions & { query?: string; script?: string } = {},
) {
  const { query, script, ...context } = options
  const person = await openPerson(platform.browser, context)
  onTestFinished(() => person.context.close())
  if (script) await person.context.addInitScript(script)
  await person.page.goto(shop.url(query))
  return { person, page: person.page }
}

function consentOn(page: Page) {
  const banner = page.getByRole('region', { name: 'Your choice' })
  return {
    banner,
    refuse: banner.getByRole('button', { name: 'Refuse' }),
    accept: banner.getByRole('button', { name: 'Accept all' }),
    choices: page.getByRole('button', { name: 'Privacy choices' }),
  }
}

/** What went to Candor, as method and procedure. */
function sent({ requests }: Person): string[] {
  return requests
    .map((address) => /\/trpc\/([\w/,]+)/.exec(address)?.[1])
    .filter((call) => call !== undefined)
    .map((call) => `GET ${call}`)
}

/** All that this site has left in the browser, the tab's own memory apart. */
async function stored({ context, page }: Person): Promise<Record<string, string>> {
  const cookies = (await context.cookies()).map(({ name, value }) => [`cookie ${name}`, value])
  const local = await page.evaluate(() => Object.entries({ ...localStorage }))
  return Object.fromEntries([...cookies, ...local.map(([name, value]) => [`local ${name}`, value])])
}
