import type { Page } from 'playwright-core'

/** What a data subject does in a business's privacy centre. */
export async function askForCopy(page: Page, email: string): Promise<void> {
  await page.getByRole('link', { name: 'See what is held about you' }).click()
  await page.getByRole('textbox', { name: 'Your e-mail address' }).fill(email)
  await page.getByRole('button', { name: 'Mail me the link' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
}

/** Follows the mailed link and says yes to it. */
export async function openAnswer(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Show what is held about me' }).click()
  await page.getByRole('button', { name: 'Download' }).waitFor()
}

export async function eraseEverything(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Erase everything' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase everything' }).click()
  await page.getByRole('article', { name: 'Receipt' }).waitFor()
}
