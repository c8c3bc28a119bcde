import type { Browser, BrowserContextOptions } from 'playwright-core'
import { openBrowser } from '../browser/open-browser.ts'
import { openPerson } from '../browser/person.ts'
import type { Person } from '../browser/person.ts'

/** One browser for all, which starts with the first who needs it; each has a profile of their own. */
export function lazyBrowser(): LazyBrowser {
  let browser: Promise<Browser> | undefined
  return {
    browse: async (options) => openPerson(await (browser ??= openBrowser()), options),
    async [Symbol.asyncDispose]() {
      await (await browser)?.close()
    },
  }
}

export interface LazyBrowser extends AsyncDisposable {
  browse(options?: BrowserContextOptions): Promise<Person>
}
