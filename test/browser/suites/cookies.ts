import { imbachat } from '@candor/policy/packs/imbachat'
import { settle } from '@candor/testing/settle'
import { beforeAll, expect, test } from 'vitest'
import { clientsOf } from '../../story/clients.ts'
import { goTo, signIn } from '../acts/console.ts'
import { linkTo } from '../acts/letters.ts'
import { askForCopy, openAnswer } from '../acts/privacy.ts'
import { chatOn } from '../acts/visitor.ts'
import { audit } from '../audit.ts'
import { declares, leftBehind, undeclared } from '../left-behind.ts'
import type { Found } from '../left-behind.ts'
import { newBusiness } from '../new-business.ts'
import { openPerson } from '../person.ts'
import type { Platform } from '../platform.ts'

const register = imbachat.policy.cookies
const hosts = ['localhost', '127.0.0.1', 'shop.localhost']

let platform: Platform

export function cookiesTests(started: () => Platform): void {
  beforeAll(() => {
    platform = started()
  })

  test('a real browser finds nothing in shop, chat, console and privacy centre that the register does not declare, and no third party', async () => {
    const { people, business } = await newBusiness(platform.url)
    await platform.publish(business.id, imbachat.policy)
    const anyone = clientsOf(platform.url).privacy
    await settle(async () => {
      const { cookies } = await anyone.getConsentPrompt.query({ business: business.slug })
      expect(cookies).toEqual(register)
    })
    const [visitor, staff] = [await openPerson(platform.browser), await openPerson(platform.browser)]
    const { page } = visitor
    const found: Found[] = []

    await page.goto(`${platform.shopUrl}/?key=${business.widgetKey}&utm_campaign=spring`)
    await page
      .getByRole('region', { name: 'Your choice' })
      .getByRole('button', { name: 'Accept all' })
      .click()
    await page.getByRole('button', { name: 'Privacy choices' }).waitFor()
    const chat = chatOn(page)
    await chat.open()
    await chat.introduce(people.visitor)
    await chat.say('Does the Swift come in green?')
    await chat.log.getByText('Sent').waitFor()
    found.push(...(await leftBehind(visitor, hosts)))

    await page.goto(`${platform.url}/privacy/${business.slug}/cookies`)
    await page.getByRole('heading', { name: 'For advertising' }).waitFor()
    for (const { name } of register) expect(await page.getByText(name, { exact: true }).count()).toBe(1)
    expect(await audit(visitor, 'cookies')).toEqual([])
    await page.goto(`${platform.url}/privacy/${business.slug}`)
    await askForCopy(page, people.visitor.email)
    await openAnswer(
      page,
      linkTo('/privacy', await platform.mailbox.letterTo(people.visitor.email, 'proof=')),
    )
    found.push(...(await leftBehind(visitor, hosts)))

    await signIn(staff.page, platform.url, people.owner)
    await goTo(staff.page, 'Settings')
    found.push(...(await leftBehind(staff, hosts)))

    expect(undeclared(register, found)).toEqual([])
    const kinds = new Set(
      register.filter((one) => found.some((it) => declares(one, it))).map(({ kind }) => kind),
    )
    expect(kinds).toEqual(new Set(['essential', 'remember-me', 'statistics', 'advertising']))
    for (const { context } of [visitor, staff]) await context.close()
  })

  test('the check notices what is not declared', () => {
    const found = [
      { storage: 'cookie', name: '_ga' },
      { storage: 'cookie', name: 'candor:x' },
      { storage: 'pixel', name: 'tracker.example' },
      { storage: 'database', name: 'candor:x' },
    ]
    expect(undeclared(register, [...found, { storage: 'session-storage', name: 'candor:x' }])).toEqual(found)
  })
}
