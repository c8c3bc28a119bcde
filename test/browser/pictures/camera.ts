import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Takes pictures of what is on a screen into `folder`. */
export async function openCamera(folder: string) {
  await mkdir(folder, { recursive: true })

  async function take(page: Page, name: string, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(() => document.fonts.ready)
    const picture = await page.screenshot({ caret: 'hide', animations: 'disabled' })
    await writeFile(join(folder, `${name}.png`), picture)
    const complaint = picture.length > bytesMax ? ', more than a page of documentation should load' : ''
    console.log(`${name}.png  ${Math.round(picture.length / 1024)} kB${complaint}`)
  }

  return { take }
}

const bytesMax = 400 * 1024

export type Camera = Awaited<ReturnType<typeof openCamera>>
