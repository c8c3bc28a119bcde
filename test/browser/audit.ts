import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout } from 'node:timers/promises'
import { isWhole } from '@candor/testing/long-form'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { phone, wide } from './person.ts'
import type { Person } from './person.ts'

/**
 * What is wrong with what somebody has before them now: for assistive technology, on a phone, where nothing may have to
 * be scrolled sideways, and what the browser has complained of so far. `npm run test:browser` looks at the colours of
 * the dark as well, and at the phone with all rules, which takes three times as long.
 */
export async function audit({ page, problems }: Person, state: string): Promise<string[]> {
  const found: string[] = []
  const note = (circumstance: string, wrong: string[]) =>
    found.push(...wrong.map((text) => `${state}, ${circumstance}: ${text}`))

  note('light', await violations(page))
  if (isWhole) {
    await page.emulateMedia({ colorScheme: 'dark' })
    note('dark', await violations(page, { runOnly: ['color-contrast'] }))
    await page.emulateMedia({ colorScheme: 'light' })
  }
  await page.setViewportSize(phone)
  note('phone', await lasting(() => page.evaluate(findSideways)))
  if (isWhole) note('phone', await violations(page, { rules: { 'color-contrast': { enabled: false } } }))
  await page.setViewportSize(wide)
  note('console', problems.splice(0))
  return found
}

function violations(page: Page, options: RunOptions = {}): Promise<string[]> {
  return lasting(() => violationsNow(page, options))
}

async function violationsNow(page: Page, options: RunOptions): Promise<string[]> {
  await page.evaluate(finishAnimations)
  // Evaluated by the debugger, so that the page's own policy stays in force.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const results = await page.evaluate((given) => (Reflect.get(window, 'axe') as Axe).run(document, given), {
    resultTypes: ['violations'],
    // What stands in a frame is somebody else's, such as a mail.
    iframes: false,
    // No rule that runs looks at style sheets, which would be loaded once more for it.
    preload: false,
    ...options,
  } as RunOptions)
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
  )
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Colours on their way from one to another are not those that stay. */
function finishAnimations(): void {
  const roots = [
    document,
    ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
  ]
  for (const animation of roots.flatMap((root) => root.getAnimations())) {
    if (animation.effect?.getComputedTiming().iterations !== Infinity) animation.finish()
  }
}

/** What is wrong for longer than a page takes to follow its size, or to bring in what was opened. */
async function lasting(look: () => Promise<string[]>): Promise<string[]> {
  const until = performance.now() + 3_000
  for (;;) {
    const found = await look()
    if (found.length === 0 || performance.now() > until) return found
    await setTimeout(50)
  }
}

/** Elements that have to be scrolled sideways, the page itself among them. Lines of code may. */
function findSideways(): string[] {
  const all = [...document.querySelectorAll('*')]
  const inShadow = all.flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('*') ?? [])])
  return [...all, ...inShadow]
    .filter((element) => {
      if (element.localName === 'pre') return false
      const isPage = element === document.documentElement
      const isScroller = isPage || /auto|scroll/.test(getComputedStyle(element).overflowX)
      return isScroller && element.scrollWidth > element.clientWidth + 1
    })
    .map(({ localName, className, scrollWidth }) => `${localName} "${className}" is ${scrollWidth} px wide`)
}

interface Axe {
  run(context: Document, options: RunOptions): Promise<AxeResults>
}
