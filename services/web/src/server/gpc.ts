import type { ServerResponse } from 'node:http'
import { ConsentPrompt } from '@candor/contracts/privacy/consent-schemas'
import { z } from 'zod'
import type { WebConfig } from './config.ts'
import { refuse } from './refuse.ts'
import type { Answered } from './router.ts'
import { readWidgetKey } from './widget-key.ts'

/**
 * `/.well-known/gpc.json` (Global Privacy Control, section 4): whether the business's notice in force obeys the signal.
 * Whose it is says the query, else the configured key; where nobody's site is served, nothing is claimed.
 */
export function createGpcStatement(config: WebConfig): (url: URL, response: ServerResponse) => Answered {
  async function findSite(url: URL): Promise<Site | null> {
    const business = url.searchParams.get('business')
    const widgetKey = url.searchParams.get('key')
    if (business !== null) return { business }
    const key = widgetKey ?? (await readWidgetKey(config.WIDGET_KEY_FILE))
    return key === null ? null : { widgetKey: key }
  }

  async function send(url: URL, response: ServerResponse) {
    const site = await findSite(url)
    const privacyUrl = privacyUrlIn(config)
    if (!privacyUrl || !site) return refuse(response, 404)
    // Better no answer than one that may no longer be true.
    const rules = await readRules(privacyUrl, site).catch(() => 'unavailable' as const)
    if (rules === null) return refuse(response, 404)
    if (rules === 'unavailable')
      return response
        .writeHead(503, { 'content-type': 'text/plain', 'retry-after': '2' })
        .end('not known just now')
    response.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
    })
    const gpc = rules.signals.globalPrivacyControl === 'obeyed'
    response.end(JSON.stringify({ gpc, lastUpdate: rules.effectiveAt.slice(0, 'YYYY-MM-DD'.length) }))
  }

  return (url, response) => {
    void send(url, response)
    return 'gpc'
  }
}

export function privacyUrlIn({ PRIVACY_URL, PUBLIC_URL }: WebConfig): string | undefined {
  return PRIVACY_URL ?? PUBLIC_URL
}

export function askForRules(privacyUrl: string, site: Site): Promise<Response> {
  const input = encodeURIComponent(JSON.stringify(site))
  const url = `${new URL(privacyUrl).origin}/trpc/privacy/getConsentPrompt?input=${input}`
  return fetch(url, { signal: AbortSignal.timeout(5_000) })
}

/** Null where Candor knows no such business. */
async function readRules(privacyUrl: string, site: Site) {
  const response = await askForRules(privacyUrl, site)
  if (response.status >= 500) throw new Error(`privacy answered ${response.status}`)
  return response.ok ? Answer.parse(await response.json()).result.data : null
}

const Answer = z.object({
  result: z.object({ data: ConsentPrompt.pick({ signals: true, effectiveAt: true }) }),
})

type Site = { business: string } | { widgetKey: string }
