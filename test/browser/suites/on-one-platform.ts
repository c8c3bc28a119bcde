import { afterAll, beforeAll, describe } from 'vitest'
import { startPlatform } from '../platform.ts'
import type { Platform } from '../platform.ts'

/** One platform and one browser for all suites of a file: each test has businesses and people of its own. */
export function onOnePlatform(suites: Record<string, (started: () => Platform) => void>): void {
  let platform: Platform
  beforeAll(async () => {
    platform = await startPlatform()
  })
  afterAll(() => platform?.[Symbol.asyncDispose]())
  for (const [name, suite] of Object.entries(suites)) {
    describe(`${name}`, () => {
      suite(() => platform)
    })
  }
}
