import type { Policy } from '@candor/contracts/policy/policy'
import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { putRules } from '@candor/events/policy-bucket'
import { startShopGateway } from '@candor/local/gateway/gateway'
import { startLine } from '@candor/testing/line'
import type { Line } from '@candor/testing/line'
import type { Browser } from 'playwright-core'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { openMailbox } from '../story/mailbox.ts'
import type { Mailbox } from '../story/mailbox.ts'
import { openBrowser } from './open-browser.ts'
import { servePages } from './serve-pages.ts'

/** The platform with its pages, a shop on an origin that is not Candor's, and a browser to look at them with. */
export async function startPlatform(): Promise<Platform> {
  await using resources = new AsyncDisposableStack()
  const stack = resources.use(await startStack())
  const line = resources.use(await startLine(stack.url))
  resources.use(await servePages(stack, line.url))
  const shop = await startShopGateway({ port: 0, webPort: stack.webPort })
  resources.defer(() => shop.stop())
  const browser = await openBrowser()
  resources.defer(() => browser.close())
  const privacy = await stack.nats.connect('privacy')
  resources.defer(() => privacy.close())
  const started = resources.move()
  return {
    url: stack.url,
    databases: stack.databases,
    publish: (tenantId, policy, pack = 'candor') => {
      const version = {
        version: 1,
        pack,
        revisedAt: publishedAt,
        effectiveAt: publishedAt,
        policy,
      } as const
      return putRules(privacy, { tenantId, revision: 1, versions: [version], holds: [] })
    },
    // Another host as well as another port: a browser keeps it apart from Candor in every way.
    shopUrl: `http://shop.localhost:${shop.port}`,
    line,
    clock: stack.clock,
    mailbox: openMailbox(stack.url),
    browser,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

const publishedAt = '2026-11-21T00:00:00.000Z'

export interface Platform extends AsyncDisposable {
  url: string
  databases: Stack['databases']
  /** Puts a notice in force for a business that has published nothing yet. */
  publish(tenantId: string, policy: Policy, pack?: PackId): Promise<void>
  shopUrl: string
  /** By which visitors in the shop reach Candor. */
  line: Line
  /** The time of every service; the browser keeps its own. */
  clock: Stack['clock']
  mailbox: Mailbox
  browser: Browser
}
