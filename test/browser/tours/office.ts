import { goTo, inviteColleague, signIn } from '../acts/console.ts'
import { newBusiness } from '../new-business.ts'
import { clientsOf } from '../../story/clients.ts'
import { until } from '../../story/until.ts'
import type { Tour } from './tour.ts'

export const office: Tour = async ({ platform, open, see }) => {
  const { people, business, accessToken } = await newBusiness(platform.url)
  const staff = await open()
  const { page } = staff
  await signIn(page, platform.url, people.owner)
  await goTo(page, 'Transcripts')
  await page.getByText('No transcripts yet').waitFor()
  await see(staff, 'no transcripts')
  await page.getByRole('link', { name: 'Statistics' }).click()
  await page.getByText('0 in all.').waitFor()
  await see(staff, 'no statistics')
  for (let n = 0; n < 5; n++) await haveChat(platform.url, business.widgetKey, accessToken)
  await page.getByRole('link', { name: 'All transcripts' }).click()
  await page.getByRole('list', { name: 'Latest transcripts' }).getByRole('listitem').nth(4).waitFor()
  await page.getByRole('searchbox').fill('bycicle')
  await page.getByText('Shown is what has bicycle').waitFor()
  await see(staff, 'found in spite of a slip')
  await page.getByRole('button', { name: 'Answer', exact: false }).last().click()
  await page.getByRole('option', { name: 'Not answered' }).click()
  await page.getByRole('list', { name: 'Matches' }).waitFor()
  await see(staff, 'narrowed search')
  await page.getByRole('link', { name: 'Statistics' }).click()
  await page.getByRole('table', { name: 'Chats by hour of the day' }).waitFor()
  await see(staff, 'statistics')
  await inviteColleague(page, people.agent.email)
  await page.getByRole('main').getByText(people.agent.email).waitFor()
  await see(staff, 'team')
  await page.getByRole('button', { name: 'Invite a colleague' }).click()
  await page.getByRole('dialog').waitFor()
  await see(staff, 'invitation form')
  await page.keyboard.press('Escape')
  await goTo(page, 'Settings')
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
  await goTo(page, 'Settings')
  await page.getByText(/would stay/).waitFor()
  await page.getByRole('button', { name: 'Close the account' }).click()
  await page.getByRole('textbox', { name: 'The name of the business' }).fill(people.company)
  await page.getByRole('button', { name: 'Close the account for good' }).click()
  await page.getByText('Everything that goes was gone').waitFor()
  await page.getByRole('button', { name: 'Save the receipt' }).waitFor()
  await see(staff, 'a closed account')
}

/** A chat that ended and is archived. */
async function haveChat(url: string, widgetKey: string, ownerToken: string): Promise<void> {
  const visitor = await clientsOf(url).identity.startVisitorSession.mutate({ widgetKey })
  const { chat } = clientsOf(url, visitor.accessToken)
  const { conversation } = await chat.startConversation.mutate({ text: 'Is the bicycle still there?' })
  const { id: conversationId } = conversation
  await chat.closeConversation.mutate({ conversationId })
  const { transcripts } = clientsOf(url, ownerToken)
  await until('the transcript', () =>
    transcripts.getTranscript.query({ conversationId }).catch(() => undefined),
  )
}
