import { some } from '@candor/testing/long-form'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPlatform } from './platform.ts'
import type { Platform } from './platform.ts'
import { access } from './tours/access.ts'
import { billing } from './tours/billing.ts'
import { chat } from './tours/chat.ts'
import { compliance } from './tours/compliance.ts'
import { office } from './tours/office.ts'
import { privacy } from './tours/privacy.ts'
import { reading } from './tours/reading.ts'
import { requests } from './tours/requests.ts'
import { findProblems } from './tours/tour.ts'
import type { Tour } from './tours/tour.ts'

let platform: Platform
beforeAll(async () => {
  platform = await startPlatform()
})
afterAll(() => platform?.[Symbol.asyncDispose]())

const tours: Record<string, Tour> = {
  'what anybody sees': access,
  'the shop with its chat, and the inbox': chat,
  'transcripts, team and settings': office,
  'everything about privacy in the console': compliance,
  "billing, the provider's checkout and the invoice": billing,
  'the privacy centre, its receipts and archived conversations': privacy,
  'requests of other kinds, to one business and to all, and the versions of a notice': requests,
  'the mail page and the API reference': reading,
}
for (const [places, tour] of some(Object.entries(tours), 2)) {
  test(`${places}: axe finds nothing, nothing is wider than a phone, the browser logs no error`, async () => {
    expect(await findProblems(platform, tour)).toEqual([])
  })
}
