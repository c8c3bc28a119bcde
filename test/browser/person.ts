import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** Somebody with a browser of their own, which shares nothing with anybody else's. */
export async function openPerson(browser: Browser, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: wide,
    // What moves is never at rest on a slow machine.
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(patienceMs)
  const page = await context.newPage()
  const requests: string[] = []
  const problems: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  context.on('weberror', (problem) => problems.push(String(problem.error())))
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.text()} ${message.location().url}`)
  })
  return { context, page, requests, problems }
}

export const wide = { width: 1440, height: 900 }
export const phone = { width: 360, height: 740 }

/** For a machine that is busy with something else. */
export const patienceMs = 20_000

export interface Person {
  context: BrowserContext
  page: Page
  /** Every address that was asked for. */
  requests: string[]
  /** Uncaught errors, and what the browser complained of: violated policies, failed loads, warnings. */
  problems: string[]
}
