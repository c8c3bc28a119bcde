import { answer, closeConversation, signIn } from '../acts/console.ts'
import { chatOn } from '../acts/visitor.ts'
import { newBusiness } from '../new-business.ts'
import { phone } from '../person.ts'
import type { Tour } from './tour.ts'

export const chat: Tour = async ({ platform, open, see }) => {
  const { people, business } = await newBusiness(platform.url)
  const [staff, visitor] = [await open(), await open()]
  const { page } = staff
  await signIn(page, platform.url, people.owner)
  await page.getByText('Nobody is waiting').waitFor()
  await see(staff, 'empty inbox')

  const shop = chatOn(visitor.page)
  await visitor.page.goto(`${platform.shopUrl}/?key=${business.widgetKey}`)
  await shop.launcher.waitFor()
  await see(visitor, 'shop')
  await shop.open()
  await see(visitor, 'shop with the chat open')
  await shop.introduce(people.visitor)
  await shop.say('Does the Swift come in green? See https://bikes.example/swift')
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').click()
  await page.getByRole('button', { name: 'Take' }).waitFor()
  await see(staff, 'waiting conversation')

  await page.getByRole('button', { name: 'Take' }).click()
  await answer(page, 'It does, in moss green.')
  await shop.log.getByText('It does, in moss green.').waitFor()
  await shop.message.pressSequentially('How')
  await page.getByText(`${people.visitor.name} is typing`).waitFor()
  await see(staff, 'conversation')
  await see(visitor, 'shop with a conversation')
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Contact' }).click()
  await page.getByRole('dialog', { name: 'Contact' }).getByText(people.visitor.email).waitFor()
  await see(staff, 'contact')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('alertdialog').waitFor()
  await see(staff, 'question before closing')
  await page.getByRole('button', { name: 'Go back' }).click()
  await closeConversation(page)
  await see(staff, 'closed conversation')
  await visitor.page.getByRole('button', { name: 'Send rating' }).waitFor()
  await see(visitor, 'shop with a closed conversation')

  await staff.context.setOffline(true)
  await page.getByText('You are offline.').waitFor()
  await see(staff, 'no connection')
}
