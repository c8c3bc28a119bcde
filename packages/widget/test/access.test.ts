import { createRequire } from 'node:module'
import { isWhole } from '@candor/testing/long-form'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chatOn } from './chat.ts'
import { openShop, phone, wide } from './open-browser.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** The first two in every run: each colour scheme and each size once. */
const looks = [
  { colorScheme: 'light', size: 'wide', viewport: wide },
  { colorScheme: 'dark', size: 'phone', viewport: phone },
  { colorScheme: 'dark', size: 'wide', viewport: wide },
  { colorScheme: 'light', size: 'phone', viewport: phone },
] as const
for (const { colorScheme, size, viewport } of looks.slice(0, isWhole ? 4 : 2)) {
  test(`axe finds nothing in any state, ${colorScheme}, ${size}`, async () => {
    const { page, candor, line } = await openShop({ colorScheme, viewport, bypassCSP: true })
    const chat = chatOn(page)
    expect(await violationsOn(page)).toEqual([])
    await chat.open()
    expect(await violationsOn(page)).toEqual([])
    await page.getByLabel('E-mail').fill('ada@')
    await chat.say('hello https://harbour.example')
    await page.getByText('This address is not complete.').waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.getByLabel('E-mail').fill('ada@example.com')
    await chat.text.press('Enter')
    await page.getByText('Sent', { exact: true }).waitFor()
    const { id } = candor.model.all()[0]!.conversation
    candor.model.take(id)
    candor.model.say(id, 'See https://harbour.example/blue.')
    candor.model.mark(id, 'staff', 'read', 1)
    await page.getByText('Maya is here').waitFor()
    candor.model.type(id, 'staff', true)
    await page.getByText('Maya is typing').waitFor()
    expect(await violationsOn(page)).toEqual([])
    line.unplug()
    await chat.say('anyone?')
    await page.getByText('Connection lost').waitFor()
    await page.getByText('Waiting for the connection').waitFor()
    expect(await violationsOn(page)).toEqual([])
    line.plugIn()
    candor.model.close(id)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByRole('button', { name: 'Send rating' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
  })
}

test('the keyboard goes in on opening and back on Escape', async () => {
  const { page } = await openShop()
  const chat = chatOn(page)
  await chat.launcher.focus()
  await page.keyboard.press('Enter')
  await chat.panel.waitFor()
  expect(await focusedOn(page)).toBe('Message')
  await page.keyboard.press('Escape')
  await chat.panel.waitFor({ state: 'detached' })
  expect(await focusedOn(page)).toBe('Open chat')
})

test('sending by the button leaves the keyboard in the text box', async () => {
  const { page } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.text.fill('hello')
  await page.getByRole('button', { name: 'Send' }).click()
  expect(await focusedOn(page)).toBe('Message')
})

test('on a phone the chat covers the page, which the keyboard cannot reach', async () => {
  const { page } = await openShop({ viewport: phone, hasTouch: true, isMobile: true })
  const chat = chatOn(page)
  await chat.launcher.tap()
  await chat.panel.waitFor()
  await chat.finishAnimations()
  expect(await chat.panel.boundingBox()).toEqual({ x: 0, y: 0, ...phone })
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).not.toBe('Buy')
  }
  await page.keyboard.press('Escape')
  await chat.panel.waitFor({ state: 'detached' })
})

for (const path of ['/', '/?dir=rtl']) {
  test(`nothing is cut off at 320 pixels and every target measures 44, ${path}`, async () => {
    const { page } = await openShop({ viewport: phone, path })
    const chat = chatOn(page)
    const targets = 'candor-chat :is(button, input, textarea, a:not(.bubble a))'
    await chat.open()
    await chat.finishAnimations()
    for (const target of await page.locator(targets).all()) {
      const box = await target.boundingBox()
      if (box === null) continue
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(phone.width)
      expect(Math.min(box.height, box.width)).toBeGreaterThanOrEqual(44)
    }
  })
}

test('on a page from right to left the launcher stands left', async () => {
  const { page } = await openShop({ path: '/?dir=rtl' })
  const box = await chatOn(page).launcher.boundingBox()
  expect(box?.x).toBeLessThan(100)
})

test('who wants less motion gets none', async () => {
  for (const [reducedMotion, isMoving] of [
    ['no-preference', true],
    ['reduce', false],
  ] as const) {
    const { page, candor } = await openShop({ reducedMotion })
    const chat = chatOn(page)
    await chat.open()
    await chat.say('hello')
    await page.getByText('Sent', { exact: true }).waitFor()
    const { id } = candor.model.all()[0]!.conversation
    candor.model.take(id)
    await page.getByText('Maya is here').waitFor()
    candor.model.type(id, 'staff', true)
    await page.getByText('Maya is typing').waitFor()
    expect((await chat.finishAnimations()) > 0).toBe(isMoving)
  }
})

test("the chat speaks the browser's language", async () => {
  const { page } = await openShop({ locale: 'de-AT' })
  await page.getByRole('button', { name: 'Chat öffnen' }).click()
  await page.getByText('Hallo. Wie können wir helfen?').waitFor()
  expect(await page.locator('.root').getAttribute('lang')).toBe('de-AT')
})

async function violationsOn(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath })
  await chatOn(page).finishAnimations()
  const { violations } = await page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as { run(context: object): Promise<AxeResults> }
    return axe.run({ include: [['candor-chat']] })
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.failureSummary).join()}`)
}

async function focusedOn(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    const shadow = document.querySelector('candor-chat')?.shadowRoot
    return shadow?.activeElement?.getAttribute('aria-label')
  })
}
