import { openOffice } from '../acts/compliance.ts'
import { signIn } from '../acts/console.ts'
import { newBusiness } from '../new-business.ts'
import type { Tour } from './tour.ts'

export const compliance: Tour = async ({ platform, open, see }) => {
  const { people } = await newBusiness(platform.url)
  const owner = await open()
  const { page } = owner
  await signIn(page, platform.url, people.owner)
  await page.getByRole('link', { name: 'Privacy' }).first().click()
  await page.getByText('Nothing waits for you.').waitFor()
  await see(owner, 'privacy')
  for (const [place, text] of places) {
    await openOffice(page, place)
    await page.getByText(text).first().waitFor()
    await see(owner, place)
  }
  await openOffice(page, 'Notice')
  await page.getByRole('link', { name: 'Versions' }).click()
  await page.getByText('In force').first().waitFor()
  await see(owner, 'versions of the notice')
}

/** Each page, with something that stands there once everything has been read. */
const places = [
  ['Requests', 'Nothing is open'],
  ['Cases', 'No cases so far'],
  ['Notice', 'What is kept, and for how long'],
  ['Retention', /goe?s? until/],
  ['Legal holds', 'Nothing is on hold'],
  ['Breaches', 'No breach is recorded'],
  ['Disclosures', 'No authority has asked'],
  ['Recipients', 'The hosting provider'],
  ['Agreements', 'Data processing agreement'],
  ['Briefings', 'not acknowledged yet'],
  ['Record of processing', 'Measures'],
  ['Evidence of use', 'Look it up'],
  ['Audit log', 'Signature checked here'],
  ['Conformance', 'imocloud'],
] as const
