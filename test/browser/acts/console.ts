import type { Page } from 'playwright-core'

/** What staff do in the console, by the words on it. */
export async function openAccount(page: Page, url: string, account: Account): Promise<void> {
  await page.goto(url)
  await page.getByRole('link', { name: 'Open an account for your business' }).click()
  await page.getByText('people aged 18 and over').waitFor()
  await page.getByRole('textbox', { name: 'Your name' }).fill(account.name)
  await page.getByRole('textbox', { name: 'Work e-mail' }).fill(account.email)
  await page.getByRole('textbox', { name: 'Company' }).fill(account.company)
  await page.getByRole('combobox', { name: 'Country' }).fill('Germany')
  await page.getByRole('option', { name: 'Germany' }).click()
  await page.getByRole('textbox', { name: 'Password' }).fill(account.password)
  await page.getByRole('button', { name: 'Open account' }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
}

export async function signIn(page: Page, url: string, { email, password }: Credentials): Promise<void> {
  await page.goto(url)
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

export async function goTo(page: Page, place: Place): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click()
  await page.getByRole('heading', { name: place, level: 1 }).waitFor()
}

export async function takeInContacts(page: Page, csv: string): Promise<void> {
  await page.getByRole('button', { name: 'Import' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles({ name: 'contacts.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
}

export async function inviteColleague(page: Page, email: string): Promise<void> {
  await goTo(page, 'Team')
  await page.getByRole('button', { name: 'Invite a colleague' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite a colleague' })
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Follows the mailed link. */
export async function joinColleagues(page: Page, link: string, { name, password }: Colleague): Promise<void> {
  await page.goto(link)
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('heading', { name: 'Conversations' }).waitFor()
}

export async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your answer' }).fill(text)
  await page.getByRole('textbox', { name: 'Your answer' }).press('Enter')
}

export async function closeConversation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Close conversation' }).click()
  await page.getByText('This conversation is closed.').waitFor()
}

export type Place = 'Inbox' | 'Transcripts' | 'Team' | 'Billing' | 'Settings' | 'Contacts'

interface Credentials {
  email: string
  password: string
}

interface Account extends Credentials {
  name: string
  company: string
}

interface Colleague {
  name: string
  password: string
}
