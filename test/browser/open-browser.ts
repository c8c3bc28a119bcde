import { findChromium } from '@candor/local/servers/chromium'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

export async function openBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findChromium()
  return chromium.launch({
    executablePath,
    // Letters stand where the design puts them, on whatever screen this machine believes to have.
    args: [...args, '--font-render-hinting=none'],
    env: { ...process.env, ...env },
  })
}
