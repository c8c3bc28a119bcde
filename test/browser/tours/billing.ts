import { choosePlan, payByCard } from '../acts/billing.ts'
import { goTo, signIn } from '../acts/console.ts'
import { newBusiness } from '../new-business.ts'
import type { Tour } from './tour.ts'

export const billing: Tour = async ({ platform, open, see }) => {
  const { people } = await newBusiness(platform.url)
  const owner = await open()
  const { page } = owner
  await signIn(page, platform.url, people.owner)
  await goTo(page, 'Billing')
  await page.getByRole('button', { name: 'Choose Team' }).waitFor()
  await see(owner, 'billing')
  await page.getByRole('button', { name: 'Choose Team' }).click()
  await page.getByRole('dialog').waitFor()
  await see(owner, 'billing details')
  await page.keyboard.press('Escape')
  await choosePlan(page, 'Team')
  await see(owner, 'checkout')
  await payByCard(page, people.owner.name)
  const invoice = page.getByRole('list', { name: 'Invoices' }).getByRole('link')
  await page.getByText('You are on the Team plan').waitFor()
  await invoice.waitFor()
  await see(owner, 'billing once paid')
  await invoice.click()
  await page.getByRole('heading', { name: /^Invoice / }).waitFor()
  await see(owner, 'invoice')
}
