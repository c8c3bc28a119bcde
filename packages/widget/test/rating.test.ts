import { expect, test, vi } from 'vitest'
import { chatOn } from './chat.ts'
import { openShop } from './open-browser.ts'

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

async function openClosedChat(path = '/') {
  const shop = await openShop({ path })
  const chat = chatOn(shop.page)
  await chat.open()
  await chat.say('hello')
  await shop.page.getByText('Sent', { exact: true }).waitFor()
  const held = shop.candor.model.all()[0]!
  shop.candor.model.close(held.conversation.id)
  await shop.page.getByText('This chat is closed.').waitFor()
  return { page: shop.page, candor: shop.candor, held }
}
