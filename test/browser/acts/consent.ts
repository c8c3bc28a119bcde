import type { Page } from 'playwright-core'

/** The banner in which a visitor is asked, and the button that brings it back. */
export function consentOn(page: Page) {
  const banner = page.getByRole('region', { name: 'Your choice' })
  return {
    banner,
    refuse: banner.getByRole('button', { name: 'Refuse' }),
    accept: banner.getByRole('button', { name: 'Accept all' }),
    choices: page.getByRole('button', { name: 'Privacy choices' }),
  }
}
