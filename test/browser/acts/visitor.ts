import type { Page } from 'playwright-core'

/** What a visitor sees and touches of the chat on a shop's page. */
export function chatOn(page: Page) {
  const message = page.getByRole('textbox', { name: 'Message' })
  const log = page.getByRole('log', { name: 'Chat' })
  const launcher = page.getByRole('button', { name: /^(Open|Close) chat/, expanded: false })
  return {
    launcher,
    log,
    message,
    async open() {
      await launcher.click()
      await page.getByRole('link', { name: 'Privacy', exact: true }).waitFor()
    },
    async introduce({ name, email }: { name: string; email: string }) {
      await page.getByRole('textbox', { name: 'Name' }).fill(name)
      await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
    },
    async say(text: string) {
      await message.fill(text)
      await message.press('Enter')
    },
  }
}

/** Those of `texts` that stand on the screen, as often and in the order in which they do. */
export async function shownOf(texts: string[], place: { getByRole: Page['getByRole'] }): Promise<string[]> {
  const paragraphs = await place.getByRole('paragraph').allTextContents()
  return paragraphs.map((text) => text.trim()).filter((text) => texts.includes(text))
}
