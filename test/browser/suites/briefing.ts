import { beforeAll, expect, test } from 'vitest'
import { signIn } from '../acts/console.ts'
import { audit } from '../audit.ts'
import { newBusiness } from '../new-business.ts'
import { openPerson } from '../person.ts'
import type { Platform } from '../platform.ts'

let platform: Platform

export function briefingTests(started: () => Platform): void {
  beforeAll(() => {
    platform = started()
  })

  test('who lets the privacy briefing pass finds it in the way, reads it, and goes on where they were', async () => {
    const { people } = await newBusiness(platform.url)
    const person = await openPerson(platform.browser)
    const { page } = person
    await signIn(page, platform.url, people.owner)
    const reminder = page.getByRole('complementary', { name: 'Privacy briefing' })
    await reminder.waitFor()

    platform.clock.advance(8 * 86_400_000)
    await page.goto(`${platform.url}/transcripts`)
    await page.getByRole('heading', { name: 'First, the privacy briefing' }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Main' }).count()).toBe(0)
    person.problems.length = 0
    expect(await audit(person, 'in the way')).toEqual([])

    await page.getByRole('button', { name: 'I have read it and will keep to it' }).press('Enter')
    await page.getByText('No transcripts yet').waitFor()
    expect(await reminder.count()).toBe(0)
    await page.goto(`${platform.url}/briefing`)
    await page.getByText('You acknowledged it on').waitFor()
    await person.context.close()
  })
}
