import { readFile } from 'node:fs/promises'
import { startChatServer } from '@candor/client/test/chat-server'
import type { ChatServer } from '@candor/client/test/chat-server'
import { findChromium } from '@candor/local/servers/chromium'
import { startLine } from '@candor/testing/line'
import type { Line } from '@candor/testing/line'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, onTestFinished } from 'vitest'
import { startShop } from './start-shop.ts'

/** A visitor's browser on the shop's page, whose widget reaches a small Candor over a line that can be cut. */
export async function openShop(options: ShopOptions = {}): Promise<OpenShop> {
  const { path = '/', ...context } = options
  const stack = new AsyncDisposableStack()
  onTestFinished(() => stack.disposeAsync())
  const scripts = new Map<string | undefined, Buffer>()
  for (const name of ['/widget.js', '/widget-after.js'])
    scripts.set(name, await readFile(new URL(`../dist${name}`, import.meta.url)))
  const candor = stack.use(
    await startChatServer({
      other: (request, response) => {
        const script = scripts.get(request.url)
        response
          .writeHead(script ? 200 : 404, {
            'content-type': 'text/javascript',
            'access-control-allow-origin': '*',
          })
          .end(script)
      },
    }),
  )
  const line = stack.use(await startLine(`http://127.0.0.1:${candor.port}`))
  const shop = stack.use(await startShop(line.url))
  const browserContext = await (await browser()).newContext({ locale: 'en-GB', viewport: wide, ...context })
  stack.defer(() => browserContext.close())
  const page = await browserContext.newPage()
  const requests: string[] = []
  const problems: string[] = []
  page.on('request', (request) => requests.push(request.url().replace(line.url, 'candor:')))
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(shop.url + path)
  await page.locator('candor-chat .launcher').waitFor()
  return { page, candor, line, shopUrl: shop.url, requests, problems }
}

/** One for all tests of a file; each has a context of its own in it, which shares nothing with another's. */
let launched: Promise<Browser> | undefined
const browser = () => (launched ??= launchBrowser())
afterAll(async () => {
  await (await launched)?.close()
  launched = undefined
})

async function launchBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findChromium()
  return chromium.launch({ executablePath, args, env: { ...process.env, ...env } })
}

export const wide = { width: 1280, height: 800 }
export const phone = { width: 320, height: 640 }

export interface OpenShop {
  page: Page
  candor: ChatServer
  line: Line
  shopUrl: string
  /** Addresses asked for, those of Candor beginning with `candor:`. */
  requests: string[]
  /** Uncaught errors on the page. */
  problems: string[]
}

interface ShopOptions extends BrowserContextOptions {
  path?: string
}
