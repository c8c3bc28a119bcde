import { closeConversation, goTo, signIn } from '../acts/console.ts'
import { linkTo } from '../acts/letters.ts'
import { askForCopy, eraseEverything } from '../acts/privacy.ts'
import { chatOn } from '../acts/visitor.ts'
import { newBusiness } from '../new-business.ts'
import type { Tour } from './tour.ts'

export const privacy: Tour = async ({ platform, open, see }) => {
  const { people, business } = await newBusiness(platform.url)
  const [staff, visitor] = [await open(), await open()]
  const { page } = visitor
  await signIn(staff.page, platform.url, people.owner)
  await page.goto(`${platform.shopUrl}/?key=${business.widgetKey}`)
  const chat = chatOn(page)
  await chat.open()
  await chat.introduce(people.visitor)
  await chat.say('Does the Swift come in green?')
  await staff.page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').click()
  await closeConversation(staff.page)
  await platform.mailbox.letterTo(people.visitor.email, 'conversation')

  await goTo(staff.page, 'Transcripts')
  await staff.page.getByRole('searchbox').fill('swift')
  const match = staff.page.getByRole('list', { name: 'Matches' }).getByRole('link')
  await match.waitFor()
  await see(staff, 'found transcripts')
  await match.click()
  await staff.page.getByRole('list', { name: 'Messages' }).waitFor()
  await see(staff, 'transcript')
  await staff.page.getByRole('button', { name: 'Download' }).click()
  await staff.page.getByRole('menuitem', { name: 'Plain text' }).waitFor()
  await see(staff, 'transcript download')
  await staff.page.keyboard.press('Escape')

  const centre = `${platform.url}/privacy/${business.slug}`
  await page.goto(`${centre}-unknown`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  // The browser complains of the refusal, which is the point.
  visitor.problems.length = 0
  await see(visitor, 'no such business')
  await page.goto(`${centre}/requests`)
  await page.getByRole('link', { name: 'Ask for a link' }).waitFor()
  await see(visitor, 'requests without a link')
  await page.goto(`${centre}/contact`)
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  await see(visitor, 'asking the privacy team')
  await page.goto(centre)
  await page.getByRole('link', { name: 'See what is held about you' }).waitFor()
  await see(visitor, 'notice')
  await page.getByRole('link', { name: 'Have it erased' }).first().click()
  await page.getByRole('button', { name: 'Mail me the link' }).waitFor()
  await see(visitor, 'asking for erasure')
  await page.goto(centre)
  await askForCopy(page, people.visitor.email)
  await see(visitor, 'asked for a copy')
  await page.goto(linkTo('/privacy/', await platform.mailbox.letterTo(people.visitor.email, 'proof=')))
  await page.getByRole('button', { name: 'Show what is held about me' }).waitFor()
  await see(visitor, 'before the answer')
  await page.getByRole('button', { name: 'Show what is held about me' }).click()
  await page.getByRole('button', { name: 'Download' }).waitFor()
  await see(visitor, 'answer')
  await page.getByRole('button', { name: 'Erase everything' }).click()
  await page.getByRole('alertdialog').waitFor()
  await see(visitor, 'question before erasing')
  await page.getByRole('button', { name: 'Go back' }).click()
  await eraseEverything(page)
  await see(visitor, 'receipt')
  await page.getByRole('link', { name: 'Your requests' }).click()
  await page.getByRole('heading', { name: 'Your requests' }).waitFor()
  await see(visitor, 'requests')
  await page.getByRole('link', { name: 'Check a receipt' }).click()
  await page.getByRole('textbox', { name: 'The receipt' }).fill('nonsense')
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page.getByRole('alert').waitFor()
  await see(visitor, 'checking a receipt')

  await staff.page.goto(`${platform.url}/compliance/requests?view=ended&kind=erasure`)
  await staff.page.getByRole('list', { name: 'Requests' }).getByRole('link').click()
  await staff.page.getByRole('button', { name: 'Receipt' }).click()
  await staff.page.getByRole('button', { name: 'Download signed receipt' }).waitFor()
  await see(staff, 'receipt in the console')
}
