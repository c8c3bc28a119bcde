import { newBusiness } from '../new-business.ts'
import { clientsOf } from '../../story/clients.ts'
import type { Tour } from './tour.ts'

export const reading: Tour = async ({ platform, open, see }) => {
  const { people, accessToken } = await newBusiness(platform.url)
  await clientsOf(platform.url, accessToken).identity.inviteStaff.mutate({
    email: people.agent.email,
    role: 'agent',
  })
  await platform.mailbox.letterTo(people.agent.email, '/invitation')
  const person = await open()
  const { page } = person
  await page.goto(`${platform.url}/mail`)
  await page.getByText('Choose a mail to read it.').waitFor()
  await see(person, 'mails')
  await page.getByRole('navigation', { name: 'Mails' }).getByRole('link').first().click()
  await page.getByRole('article').waitFor()
  await see(person, 'a mail')
  await page.goto(`${platform.url}/api-reference`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await see(person, 'API reference')
}
