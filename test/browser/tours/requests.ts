import { clientsOf } from '../../story/clients.ts'
import { linkTo } from '../acts/letters.ts'
import { newBusiness } from '../new-business.ts'
import type { Tour } from './tour.ts'

/** What is asked for beside copies and erasures, and how a notice changed. */
export const requests: Tour = async ({ platform, open, see }) => {
  const { people, business } = await newBusiness(platform.url)
  const anyone = clientsOf(platform.url)
  const { accessToken } = await anyone.identity.startVisitorSession.mutate({ widgetKey: business.widgetKey })
  const asVisitor = clientsOf(platform.url, accessToken)
  const { asked, textVersion } = await anyone.privacy.getConsentPrompt.query({ business: business.slug })
  await asVisitor.privacy.recordConsent.mutate({ textVersion, given: asked.slice(0, 1), source: 'chat' })
  await asVisitor.chat.startConversation.mutate({
    ...people.visitor,
    text: 'Hello',
  })
  const owner = await anyone.identity.signIn.mutate(people.owner)
  const { privacy } = clientsOf(platform.url, owner.accessToken)
  const { policy } = await privacy.getPolicyDraft.query()
  policy.signals.doNotTrack = 'ignored'
  await privacy.savePolicyDraft.mutate({ pack: 'candor', policy })
  await privacy.publishPolicy.mutate({})

  const visitor = await open()
  const { page } = visitor
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const follow = async () =>
    page.goto(linkTo('/privacy/', await platform.mailbox.letterTo(people.visitor.email, 'proof=')))
  await page.goto(`${platform.url}/privacy/${business.slug}`)
  await page.getByRole('link', { name: 'All versions, and what changed' }).click()
  await page.getByText('We do not act on Do Not Track').waitFor()
  await see(visitor, 'versions of the notice')
  await page.getByRole('link', { name: 'Version 1' }).click()
  await page.getByText('We obey Do Not Track').waitFor()

  await page.goto(`${platform.url}/privacy/${business.slug}/california`)
  await page.getByRole('heading', { name: 'What is collected, from where and what for' }).waitFor()
  await see(visitor, 'California')
  await page.goto(`${platform.url}/privacy/${business.slug}`)
  await page.getByRole('link', { name: 'Other requests' }).click()
  await page.getByRole('link', { name: 'Have something corrected', exact: false }).first().waitFor()
  await page.getByRole('link', { name: /^Have something corrected Within/ }).click()
  await page.getByRole('textbox', { name: 'What stands there now' }).fill(people.visitor.name)
  await page.getByRole('textbox', { name: 'What it should be' }).fill('Mina Okafor-Lund')
  await page.getByRole('textbox', { name: 'Your e-mail address' }).fill(people.visitor.email)
  await press('Mail me the link')
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await follow()
  await press('Yes, it is me')
  await page.getByText('Waiting for a decision').waitFor()

  await page.getByRole('link', { name: 'Other requests' }).click()
  await page.getByRole('link', { name: /^Object to a use/ }).click()
  await see(visitor, 'an objection')
  await press('Ask for it')
  await press('End it')
  await page.getByRole('link', { name: 'Other requests' }).click()
  await page.getByRole('link', { name: /^Take it to another business/ }).click()
  await press('Ask for it')
  const [file] = await Promise.all([page.waitForEvent('download'), press('Download the file')])
  if (!file.suggestedFilename().endsWith('.json')) throw new Error('the file is not JSON')
  await see(visitor, 'the file to take along')
  await page.goto(`${platform.url}/privacy/${business.slug}/requests`)
  await page.getByRole('link', { name: /^What you agreed to/ }).click()
  await page.getByRole('button', { name: /^Take back/ }).click()
  await page.getByText('You agree to nothing at the moment').waitFor()
  await see(visitor, 'choices')

  const everybody = await open()
  await everybody.page.goto(`${platform.url}/privacy/`)
  await everybody.page.getByRole('link', { name: /^Have its use restricted/ }).click()
  await everybody.page.getByRole('textbox', { name: 'Your e-mail address' }).fill(people.visitor.email)
  await everybody.page.getByRole('button', { name: 'Mail me the link' }).click()
  await everybody.page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await everybody.page.goto(
    linkTo('/privacy/', await platform.mailbox.letterTo(people.visitor.email, 'privacy/#')),
  )
  await everybody.page.getByRole('button', { name: 'Yes, it is me' }).click()
  await everybody.page.getByRole('link', { name: 'Your requests' }).last().click()
  await everybody.page.getByText(people.company).first().waitFor()
  await see(everybody, 'requests to every business')
}
