import { expect } from 'vitest'
import { choosePlan, payByCard } from '../acts/billing.ts'
import { goTo } from '../acts/console.ts'
import { patienceMs } from '../person.ts'
import type { Stage } from './stage.ts'

/** The owner pays on the provider's page, and comes back to the plan, the usage and an invoice with its tax. */
export async function upgrade({ platform, people, owner }: Stage): Promise<void> {
  const { page } = owner
  await goTo(page, 'Billing')
  const usage = page.getByRole('meter', { name: 'Conversations' })
  await expect
    .poll(() => page.reload().then(() => usage.getAttribute('aria-valuetext')), { timeout: patienceMs })
    .toMatch(/^1 of /)
  await choosePlan(page, 'Team')
  expect(new URL(page.url()).origin).not.toBe(platform.url)
  await payByCard(page, people.owner.name)
  await page.getByText('You are on the Team plan').waitFor()
  await page.getByRole('heading', { name: 'Team plan' }).waitFor()

  await page.getByRole('list', { name: 'Invoices' }).getByRole('link').click()
  await page.getByRole('heading', { name: /^Invoice / }).waitFor()
  await page.getByRole('region', { name: 'To' }).getByText('20457 Hamburg').waitFor()
  await page.getByText('VAT 19 %').waitFor()
  await page.getByText('€117.81').waitFor()
  const sent = owner.requests.filter((address) => !address.startsWith(platform.url))
  expect(new Set(sent.map((address) => new URL(address).origin)).size).toBe(1)
}
