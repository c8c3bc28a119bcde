import { afterAll, beforeAll, describe } from 'vitest'
import { startPlatform } from './platform.ts'
import type { Platform } from './platform.ts'
import { briefingTests } from './suites/briefing.ts'
import { complianceTests } from './suites/compliance.ts'
import { consentTests } from './suites/consent.ts'
import { cookiesTests } from './suites/cookies.ts'
import { newsTests } from './suites/news.ts'
import { officeTests } from './suites/office.ts'
import { storyTests } from './suites/story.ts'

/** One platform and one browser for all of them: each test has businesses and people of its own. */
let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform?.[Symbol.asyncDispose]())

const suites = {
  'the story': storyTests,
  consent: consentTests,
  cookies: cookiesTests,
  news: newsTests,
  'privacy in the console': complianceTests,
  'the privacy office': officeTests,
  // Lets days pass for everybody, so it comes last.
  briefing: briefingTests,
}
for (const [name, suite] of Object.entries(suites)) {
  describe(`${name}`, () => {
    suite(() => platform)
  })
}
