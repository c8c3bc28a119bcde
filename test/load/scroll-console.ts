import setupPostgres from '@candor/testing/postgres-setup'
import type { Page } from 'playwright-core'
import { signIn } from '../browser/acts/console.ts'
import { fillInbox } from '../browser/fill-inbox.ts'
import { newBusiness } from '../browser/new-business.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { openPerson } from '../browser/person.ts'
import { servePages } from '../browser/serve-pages.ts'
import { startStack } from '../stack.ts'
import { framesOf, summarise } from './frames.ts'
import type { Frames } from './frames.ts'
import { readSizes } from './read-sizes.ts'

const { conversations, messages, seconds } = readSizes(
  `What staff of a busy business notice of its size: how soon the console shows their list of conversations and how soon
a long one, and how evenly both scroll, near their start and once all of it has been read, beside what the same browser
draws of an empty page. Prints; judges nothing.`,
  { conversations: 10_000, messages: 5_000, seconds: 2 },
)
/** Pixels a second: three screens. */
const speed = 3_000
const list = 'nav[aria-label=Conversations]'
const thread = '[role=region][aria-label=Messages]'

const stopPostgres = await setupPostgres()
try {
  await using stack = await startStack()
  await using _pages = await servePages(stack, stack.url)
  const { people, business } = await newBusiness(stack.url)
  const longId = await fillInbox(stack, business.id, { conversations, messages })
  await using browser = await openBrowser()
  const { page } = await openPerson(browser)
  await signIn(page, stack.url, people.owner)
  await page.locator(`${list} a`).first().waitFor()

  const shown = []
  for (let n = 0; n < 5; n++) {
    await page.goto(`${stack.url}/inbox`)
    shown.push(await sinceStart(page, `${list} a`))
  }
  tellTime('list on the screen, from opening the page', shown)
  const opened = []
  for (let n = 0; n < 5; n++) {
    await page.goto(`${stack.url}/inbox`)
    await page.locator(`${list} a`).first().waitFor()
    opened.push(await sinceClick(page, `${list} a[href$="${longId}"]`, `[data-seq="${messages}"]`))
  }
  tellTime('conversation on the screen, from the click', opened)

  const empty = await page.context().newPage()
  await empty.setContent('<p>Nothing')
  await compare('list, from its top', { selector: list, speed })
  const listRead = await readAll(page, list, 1, `${list} li[aria-posinset="${conversations}"]`)
  await compare('list, all of it read', { selector: list, speed: -speed })
  await compare('messages, from the newest', { selector: thread, speed: -speed })
  const threadRead = await readAll(page, thread, -1, '[data-seq="1"]')
  await compare('messages, all of them read', { selector: thread, speed })
  console.log(`to the last of ${conversations} conversations ${(listRead / 1_000).toFixed(1)} s`)
  console.log(`to the first of ${messages} messages ${(threadRead / 1_000).toFixed(1)} s`)

  /** Scrolling and an empty page by turns, so that both have as much of the machine. */
  async function compare(what: string, scrolled: { selector: string; speed: number }): Promise<void> {
    const rounds: [best: Frames, own: Frames][] = []
    for (let n = 0; n < 5; n++) {
      await empty.bringToFront()
      const best = await framesOf(empty, seconds)
      await page.bringToFront()
      rounds.push([best, await framesOf(page, seconds, scrolled)])
    }
    const ratios = rounds.map(([best, own]) => summarise([own]).perSecond / summarise([best]).perSecond)
    const [best, own] = [summarise(rounds.map(([one]) => one)), summarise(rounds.map(([, one]) => one))]
    console.log(
      `${what.padEnd(28)}${own.perSecond.toFixed(1)} frames a second, an empty page ${best.perSecond.toFixed(1)}, ratio ${median(ratios).toFixed(2)}; p99 ${own.p99Ms.toFixed(0)} and ${best.p99Ms.toFixed(0)} ms, longest ${own.worstMs.toFixed(0)} and ${best.worstMs.toFixed(0)} ms, dropped ${percent(own.droppedPart)} and ${percent(best.droppedPart)}, thread busy ${percent(own.busyPart)}`,
    )
  }
} finally {
  await stopPostgres?.()
}

/** From the start of the page to the frame after what `selector` names is there. */
function sinceStart(page: Page, selector: string): Promise<number> {
  return page.evaluate(whenShown, { selector })
}

function sinceClick(page: Page, link: string, selector: string): Promise<number> {
  return page.evaluate(whenShown, { link, selector })
}

/** In the page. */
function whenShown({ link, selector }: { link?: string; selector: string }): Promise<number> {
  const startedAt = link ? performance.now() : 0
  if (link) document.querySelector<HTMLElement>(link)!.click()
  return new Promise((resolve) => {
    function look(): void {
      const isThere = document.querySelector(selector)
      if (isThere) requestAnimationFrame(() => resolve(performance.now() - startedAt))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Goes to one end, again and again, until what `last` names is there; answers how long that took. */
function readAll(page: Page, selector: string, towards: 1 | -1, last: string): Promise<number> {
  return page.evaluate(
    ([box, direction, goal]) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now()
        const element = document.querySelector(box)!
        function jump(): void {
          element.scrollTop = direction > 0 ? element.scrollHeight : 0
          if (document.querySelector(goal)) resolve(performance.now() - startedAt)
          else requestAnimationFrame(jump)
        }
        jump()
      }),
    [selector, towards, last] as const,
  )
}

function tellTime(what: string, took: readonly number[]): void {
  console.log(
    `${what.padEnd(42)} median ${median(took).toFixed(0)} ms, slowest ${Math.max(...took).toFixed(0)} ms`,
  )
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`
}
