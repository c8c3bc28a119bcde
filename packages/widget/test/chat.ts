import type { Locator, Page } from 'playwright-core'

/** What a visitor sees and touches, by the words on it. */
export function chatOn(page: Page): ChatOnPage {
  const text = page.getByRole('textbox', { name: 'Message' })
  return {
    launcher: page.locator('.launcher'),
    panel: page.getByRole('dialog'),
    log: page.getByRole('log'),
    text,
    open: async () => {
      await page.locator('.launcher').click()
      await page.getByRole('link', { name: 'Privacy at Harbour Bikes' }).waitFor()
    },
    say: async (words) => {
      await text.fill(words)
      await text.press('Enter')
    },
    bubbles: () => page.locator('.bubble').allTextContents(),
    finishAnimations: () =>
      page.locator('candor-chat').evaluate(({ shadowRoot }) => {
        const animations = shadowRoot?.getAnimations() ?? []
        for (const animation of animations) {
          if (animation.effect?.getComputedTiming().iterations === 1) animation.finish()
        }
        return animations.length
      }),
  }
}

export interface ChatOnPage {
  launcher: Locator
  panel: Locator
  log: Locator
  text: Locator
  /** Clicks the launcher and waits for the session. */
  open(): Promise<void>
  say(words: string): Promise<void>
  bubbles(): Promise<string[]>
  /** Brings what moves in or out to its place at once, and says how many animations there were. */
  finishAnimations(): Promise<number>
}
