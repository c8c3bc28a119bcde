import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chatOn } from './chat.ts'
import { openShop } from './open-browser.ts'

test('before the first click nothing is stored, and nothing is asked for but the script', async () => {
  const { page, candor, requests, problems } = await openShop()
  await page.mouse.move(600, 400)
  await page.keyboard.press('Tab')
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
  expect(requests.filter((url) => url.startsWith('candor:'))).toEqual(['candor:/widget.js'])
  expect(candor.calls).toEqual([])
  expect(await storedOn(page)).toEqual({ local: 0, session: 0, cookies: 0, databases: 0, caches: 0 })
  expect(problems).toEqual([])
})

test('the chat is kept for this tab only, and never as a cookie', async () => {
  const { page } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('hello')
  await page.getByText('Sent', { exact: true }).waitFor()
  expect(await storedOn(page)).toEqual({ local: 0, session: 2, cookies: 0, databases: 0, caches: 0 })
  expect(await page.context().cookies()).toEqual([])
})

test('a policy that allows only scripts of and calls to Candor is never violated', async () => {
  const { page, candor, problems } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('hello https://harbour.example')
  await page.getByText('Sent', { exact: true }).waitFor()
  const { id } = candor.model.all()[0]!.conversation
  candor.model.say(id, 'good day')
  await page.getByText('good day').waitFor()
  candor.model.close(id)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download transcript' }).click()
  expect((await download).suggestedFilename()).toBe('conversation.txt')
  expect(await page.title()).toBe('Harbour Bikes')
  expect(problems).toEqual([])
})

test('no token stands in any address', async () => {
  const { page, requests } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('hello')
  await page.getByText('Sent', { exact: true }).waitFor()
  expect(requests.some((url) => url.includes('/trpc/chat/live'))).toBe(true)
  expect(requests.join()).not.toMatch(/access-|refresh-/)
})

test('the page gets one name, one element and nothing else', async () => {
  const { page } = await openShop()
  const added = await page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const names = new Set(Object.getOwnPropertyNames(frame.contentWindow))
    frame.remove()
    return Object.getOwnPropertyNames(window).filter((name) => !names.has(name) && Number.isNaN(Number(name)))
  })
  expect(added).toEqual(['Candor'])
  expect(await page.evaluate(() => Object.isFrozen(Reflect.get(window, 'Candor')))).toBe(true)
  expect(await page.locator('body > *').evaluateAll((all) => all.map((one) => one.localName))).toEqual([
    'main',
    'candor-chat',
  ])
  expect(await page.locator('head > *').evaluateAll((all) => all.map((one) => one.localName))).toEqual([
    'meta',
    'title',
    'link',
    'script',
    'script',
  ])
})

test("the page's styles do not reach the chat, nor the chat's the page", async () => {
  const { page } = await openShop()
  const lookOf = (selector: string) =>
    page.locator(selector).evaluate((element) => {
      const { fontSize, backgroundColor, letterSpacing, visibility, opacity } = getComputedStyle(element)
      return { fontSize, backgroundColor, letterSpacing, visibility, opacity }
    })
  const pageButton = await lookOf('main button')
  const chat = chatOn(page)
  await chat.open()
  expect(await lookOf('main button')).toEqual(pageButton)
  expect(await lookOf('.launcher')).toMatchObject({
    letterSpacing: 'normal',
    visibility: 'visible',
    opacity: '1',
  })
  expect(await lookOf('h2')).toMatchObject({ fontSize: '19px', backgroundColor: 'rgba(0, 0, 0, 0)' })
  expect(await lookOf('candor-chat')).toMatchObject({ visibility: 'visible', opacity: '1' })
})

test("typing in the chat triggers none of the page's keyboard shortcuts", async () => {
  const { page } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.text.pressSequentially('buy now')
  await page.keyboard.press('Escape')
  expect(await page.title()).toBe('Harbour Bikes')
  await page.locator('main button').press('b')
  expect(await page.title()).toBe('shortcut')
})

test('a second copy of the script does nothing', async () => {
  const { page, problems, requests } = await openShop({ path: '/?copies=2' })
  await chatOn(page).open()
  expect(await page.locator('candor-chat').count()).toBe(1)
  expect(requests.filter((url) => url.includes('startVisitorSession'))).toHaveLength(1)
  expect(problems).toEqual([])
})

test("a page's own button opens and closes the chat, and gets the focus back", async () => {
  const { page } = await openShop()
  const chat = chatOn(page)
  await page.locator('main button').focus()
  await page.evaluate(() => Reflect.get(window, 'Candor').open())
  await chat.panel.waitFor()
  await page.evaluate(() => Reflect.get(window, 'Candor').close())
  await chat.panel.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Buy')
})

async function storedOn(page: Page) {
  return page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookies: document.cookie.length,
    databases: (await indexedDB.databases()).length,
    caches: 'caches' in window ? (await caches.keys()).length : 0,
  }))
}
