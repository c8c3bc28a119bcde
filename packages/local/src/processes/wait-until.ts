import { setTimeout as delay } from 'node:timers/promises'

/** Asks again until the answer is neither undefined nor false; throws once `deadlineMs` have passed. */
export async function waitUntil<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  { deadlineMs = 10_000, everyMs = 20 } = {},
): Promise<T> {
  const endsAt = Date.now() + deadlineMs
  for (;;) {
    const found = await probe()
    if (found !== undefined && found !== false) return found
    if (Date.now() > endsAt) throw new Error(`${what} did not happen within ${deadlineMs / 1000} s`)
    await delay(everyMs)
  }
}
