import type { Page } from 'playwright-core'
import { goTo } from './console.ts'

/** From the plans to the payment provider's own page. */
export async function choosePlan(page: Page, plan: string): Promise<void> {
  await goTo(page, 'Billing')
  await page.getByRole('button', { name: `Choose ${plan}` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Street and number' }).fill('Hafenstrasse 3')
  await dialog.getByRole('textbox', { name: 'Postal code' }).fill('20457')
  await dialog.getByRole('textbox', { name: 'City' }).fill('Hamburg')
  await dialog.getByRole('button', { name: 'Continue to payment' }).click()
  await page.getByRole('heading', { name: 'Pay by card' }).waitFor()
}

export async function payByCard(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Card number' }).fill('4242 4242 4242 4242')
  await page.getByRole('textbox', { name: 'Expiry' }).fill('12/34')
  await page.getByRole('textbox', { name: 'Security code' }).fill('123')
  await page.getByRole('textbox', { name: 'Name on card' }).fill(name)
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.getByRole('heading', { name: 'Billing', level: 1 }).waitFor()
}
