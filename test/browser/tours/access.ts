import type { Tour } from './tour.ts'

export const access: Tour = async ({ platform, open, see }) => {
  const person = await open()
  const { page } = person
  await page.goto(platform.url)
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await see(person, 'sign-in')
  await page.goto(`${platform.url}/sign-up`)
  await page.getByRole('button', { name: 'Open account' }).waitFor()
  await see(person, 'sign-up')
  await page.getByRole('button', { name: 'Open account' }).click()
  await see(person, 'sign-up with errors')
  await page.goto(`${platform.url}/invitation#token=none`)
  await page.getByRole('button', { name: 'Join' }).waitFor()
  await see(person, 'invitation')
  await page.goto(`${platform.url}/invitation`)
  await page.getByRole('alert').waitFor()
  await see(person, 'invitation without a token')
  await page.goto(`${platform.url}/no-such-page`)
  await page.getByRole('heading', { name: 'There is no page here' }).waitFor()
  await see(person, 'no such page before signing in')
  await page.getByRole('link', { name: 'To the start' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.goto(`${platform.url}/transcripts/statistics`)
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}
