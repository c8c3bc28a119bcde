import type { Page } from 'playwright-core'

/** What owners and admins do about privacy in the console, by the words on it. */
export async function openOffice(page: Page, place: string): Promise<void> {
  const places = page.getByRole('navigation', { name: 'Privacy' })
  if (!(await places.isVisible()))
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Privacy' }).click()
  await places.getByRole('link', { name: place }).click()
  await page.getByRole('heading', { name: place, level: 1 }).waitFor()
}

/** Changes for how long a category of data is kept, in the editor that is open. */
export async function setPeriod(page: Page, category: string, months: number): Promise<void> {
  const settings = page.locator('details').filter({ has: page.getByText(category, { exact: true }) })
  if ((await settings.getAttribute('open')) === null) await settings.locator('summary').click()
  await settings.getByRole('spinbutton', { name: 'Kept for', exact: true }).fill(String(months))
}

export async function recordBreach(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: 'Record a breach' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'What happened' }).fill(what)
  await form.getByRole('checkbox', { name: 'Contact details of visitors' }).press('Space')
  await form.getByRole('button', { name: 'Record it' }).click()
  await form.waitFor({ state: 'detached' })
}

export async function recordDisclosure(page: Page, authority: string, about: string): Promise<void> {
  await page.getByRole('button', { name: 'Record a request' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'Authority' }).fill(authority)
  await form.getByRole('textbox', { name: 'Their reference' }).fill('7 Js 12/26')
  await form.getByRole('textbox', { name: 'About which address' }).fill(about)
  await form.getByRole('checkbox', { name: 'Contact details of visitors' }).press('Space')
  await form.getByRole('button', { name: 'Record it' }).click()
  await form.waitFor({ state: 'detached' })
}

export async function askForCorrection(
  page: Page,
  email: string,
  [from, to]: [string, string],
): Promise<void> {
  await page.getByRole('button', { name: 'Open for somebody' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'Their e-mail address' }).fill(email)
  await form.getByRole('button', { name: 'What they ask for' }).click()
  await page.getByRole('option', { name: 'Correction', exact: true }).click()
  await form.getByRole('textbox', { name: 'What is held now' }).fill(from)
  await form.getByRole('textbox', { name: 'What is right' }).fill(to)
  await form.getByRole('checkbox', { name: 'I have seen a document' }).press('Space')
  await form.getByRole('button', { name: 'Open the request' }).click()
  await page.getByRole('heading', { name: 'Your decision' }).waitFor()
}
