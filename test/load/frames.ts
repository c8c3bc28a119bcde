import type { Page } from 'playwright-core'

/**
 * How evenly a page draws while the element found by `selector` is scrolled `speed` pixels a second, down or, when it is
 * negative, up. Without a selector nothing is scrolled: what this machine can draw at best.
 */
export async function framesOf(
  page: Page,
  seconds: number,
  scrolled?: { selector: string; speed: number },
): Promise<Frames> {
  const debug = await page.context().newCDPSession(page)
  await debug.send('Performance.enable')
  const before = await busySeconds()
  const tookMs = await page.evaluate(recordFrames, { seconds, ...scrolled })
  const busy = (await busySeconds()) - before
  await debug.detach()
  return { tookMs, busy }

  /** What the page's own thread has worked so far. */
  async function busySeconds(): Promise<number> {
    const { metrics } = await debug.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')!.value
  }
}

export function summarise(all: readonly Frames[]): Summary {
  const took = all.flatMap(({ tookMs }) => tookMs).toSorted((a, b) => a - b)
  const seconds = took.reduce((sum, ms) => sum + ms, 0) / 1_000
  return {
    perSecond: took.length / seconds,
    p99Ms: took[Math.floor(took.length * 0.99)]!,
    worstMs: took.at(-1)!,
    droppedPart: 1 - took.length / (seconds * 60),
    busyPart: all.reduce((sum, { busy }) => sum + busy, 0) / seconds,
  }
}

/** In the page: how long each frame took. A step is as long as its frame was, so that a late one has as much to draw. */
function recordFrames({ seconds, selector, speed = 0 }: Recording): Promise<number[]> {
  const box = selector ? document.querySelector(selector) : null
  if (selector && !box) throw new Error(`nothing to scroll at ${selector}`)
  const took: number[] = []
  return new Promise((resolve) => {
    let startedAt = 0
    let previous = 0
    let left = 0
    function frame(now: number): void {
      if (previous) {
        took.push(now - previous)
        left += (speed * (now - previous)) / 1_000
        box?.scrollBy(0, Math.trunc(left))
        left -= Math.trunc(left)
      } else startedAt = now
      previous = now
      if (now - startedAt < seconds * 1_000) requestAnimationFrame(frame)
      else resolve(took)
    }
    requestAnimationFrame(frame)
  })
}

export interface Frames {
  tookMs: number[]
  /** Seconds. */
  busy: number
}

interface Summary {
  perSecond: number
  p99Ms: number
  worstMs: number
  /** Of those that a screen of 60 Hz would have shown. */
  droppedPart: number
  busyPart: number
}

interface Recording {
  seconds: number
  selector?: string
  speed?: number
}
