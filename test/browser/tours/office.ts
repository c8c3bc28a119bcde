import { goTo, inviteColleague, signIn } from '../acts/console.ts'
import { newBusiness } from '../new-business.ts'
import type { Tour } from './tour.ts'

export const office: Tour = async ({ platform, open, see }) => {
  const { people } = await newBusiness(platform.url)
  const staff = await open()
  const { page } = staff
  await signIn(page, platform.url, people.owner)
  await goTo(page, 'Transcripts')
  await page.getByText('No transcripts yet').waitFor()
  await see(staff, 'no transcripts')
  await inviteColleague(page, people.agent.email)
  await page.getByRole('main').getByText(people.agent.email).waitFor()
  await see(staff, 'team')
  await page.getByRole('button', { name: 'Invite a colleague' }).click()
  await page.getByRole('dialog').waitFor()
  await see(staff, 'invitation form')
  await page.keyboard.press('Escape')
  await goTo(page, 'Settings')
  await page.getByText('No requests so far').waitFor()
  await see(staff, 'settings')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).waitFor()
  await see(staff, 'account menu')
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await see(staff, 'keyboard shortcuts')
  await page.goto(`${platform.url}/no-such-page`)
  await page.getByRole('heading', { name: 'There is no page here' }).waitFor()
  await see(staff, 'no such page')
}
