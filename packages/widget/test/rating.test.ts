import type { Locator } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { chatOn } from './chat.ts'
import { openShop, wide } from './open-browser.ts'

const soon = { timeout: 10_000 }

test('a closed chat is rated by keyboard alone, once, and the thanks are read out', async () => {
  const { page, held } = await openClosedChat()
  await page.getByRole('group', { name: 'How was this chat?' }).waitFor()
  await page.getByRole('button', { name: 'Start a new chat' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await page.getByRole('radio', { name: 'Poor' }).isChecked()).toBe(true)
  expect(held.rating).toBeNull()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'Thank you.' }).waitFor()
  expect(held.rating).toBe('fair')

  await page.reload()
  await page.getByRole('button', { name: 'Download transcript' }).waitFor()
  expect(await page.getByRole('radio').count()).toBe(0)
})

test('nobody has to rate, and nothing is sent where nothing is chosen', async () => {
  const { page, candor } = await openClosedChat()
  await page.getByRole('button', { name: 'Send rating' }).click()
  await page.getByRole('button', { name: 'Start a new chat' }).click()
  await chatOn(page).say('something else')
  await vi.waitFor(() => expect(candor.model.all()).toHaveLength(2), soon)
  expect(candor.calls.join()).not.toContain('rateConversation')
})

test('a chat is rated also while it is on its way to the archive, and a rating that fails can be sent again', async () => {
  const { page, candor, held } = await openClosedChat()
  held.isArchived = false
  await page.getByRole('radio', { name: 'Good' }).check()
  const rate = page.getByRole('button', { name: 'Send rating' })
  await rate.click()
  await vi.waitFor(() => expect(candor.calls.join()).toContain('rateConversation'), soon)
  candor.failWith(502)
  await page.getByText('The rating could not be sent.').waitFor()
  held.isArchived = true
  candor.failWith(null)
  await rate.click()
  await page.getByText('Thank you.').waitFor()
  expect(held.rating).toBe('good')
})

test('on a page that allows the one script only, the chat still ends and begins anew', async () => {
  const { page, candor } = await openClosedChat('/?strict')
  await page.getByRole('button', { name: 'Start a new chat' }).click()
  await chatOn(page).say('something else')
  await vi.waitFor(() => expect(candor.model.all()).toHaveLength(2), soon)
})

test.for([wide, { width: 390, height: 844 }])(
  'once a long chat is closed, its last entry stays in sight above what is offered then, at $width px',
  async (viewport) => {
    const { page, chat, candor, id } = await openChat({ viewport })
    for (let line = 1; line <= 20; line++) candor.model.say(id, `line ${line}`)
    await page.getByText('line 20', { exact: true }).waitFor()
    candor.model.close(id)
    await page.getByRole('button', { name: 'Download transcript' }).waitFor()
    await chat.finishAnimations()
    const ended = page.getByText('Chat closed')
    await vi.waitFor(async () => expect(await isInSight(ended)).toBe(true), soon)

    await chat.log.press('Home')
    await vi.waitFor(async () => expect(await isInSight(ended)).toBe(false), soon)
    await page.getByRole('radio', { name: 'Good' }).check()
    await page.getByRole('button', { name: 'Send rating' }).click()
    await page.getByText('Thank you.').waitFor()
    expect(await isInSight(ended)).toBe(false)
  },
)

/** Whether it can be seen whole, where its part of the page is scrolled to now. */
function isInSight(locator: Locator): Promise<boolean> {
  return locator.evaluate(
    (element) =>
      new Promise<boolean>((resolve) => {
        new IntersectionObserver(([entry], observer) => {
          observer.disconnect()
          resolve(entry!.intersectionRatio === 1)
        }).observe(element)
      }),
  )
}

async function openClosedChat(path = '/') {
  const { page, candor, held, id } = await openChat({ path })
  candor.model.close(id)
  await page.getByText('This chat is closed.').waitFor()
  return { page, candor, held }
}

async function openChat(options: Parameters<typeof openShop>[0]) {
  const shop = await openShop(options)
  const chat = chatOn(shop.page)
  await chat.open()
  await chat.say('hello')
  await shop.page.getByText('Sent', { exact: true }).waitFor()
  const held = shop.candor.model.all()[0]!
  return { page: shop.page, chat, candor: shop.candor, held, id: held.conversation.id }
}
