import { signIn } from '../acts/console.ts'
import { newBusiness } from '../new-business.ts'
import type { Tour } from './tour.ts'

export const compliance: Tour = async ({ platform, open, see }) => {
  const { people } = await newBusiness(platform.url)
  const owner = await open()
  const { page } = owner
  await signIn(page, platform.url, people.owner)
  for (const [path, text] of pages) {
    await page.goto(`${platform.url}/compliance${path}`)
    await page.getByText(text).first().waitFor()
    await see(owner, `privacy${path}`)
  }
}

/** Each page, with something that stands there once everything has been read. */
const pages = [
  ['', 'Nothing waits for you.'],
  ['/requests', 'Nothing is open'],
  ['/cases', 'No cases so far'],
  ['/notice', 'What is kept, and for how long'],
  ['/notice/versions', 'In force'],
  ['/retention', /goe?s? until/],
  ['/holds', 'Nothing is on hold'],
  ['/breaches', 'No breach is recorded'],
  ['/disclosures', 'No authority has asked'],
  ['/recipients', 'The hosting provider'],
  ['/agreements', 'Data processing agreement'],
  ['/briefings', 'not acknowledged yet'],
  ['/record', 'Measures'],
  ['/evidence', 'Look it up'],
  ['/audit', 'Signature checked here'],
  ['/conformance', 'imocloud'],
] as const
