import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { findChromium } from '../src/servers/chromium.ts'

test(
  'the Chromium that comes with npm opens a page on a machine that has none',
  { timeout: 60_000 },
  async () => {
    const found = await findChromium({ ...readConfig().tools, chromium: undefined, path: '' })
    const browser = await chromium.launch({ ...found, env: { ...process.env, ...found.env } })
    const page = await browser.newPage()
    await page.setContent('<h1>Hello</h1>')
    expect(await page.getByRole('heading').boundingBox()).toMatchObject({ x: 8 })
    await browser.close()
  },
)
