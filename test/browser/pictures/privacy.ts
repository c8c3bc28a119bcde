import { linkTo } from '../acts/letters.ts'
import { askForCopy, eraseEverything, openAnswer } from '../acts/privacy.ts'
import { mina } from './chat.ts'
import type { Scenery } from './scenery.ts'

/** The notice, the answer to who asks, and the receipt. */
export async function photographPrivacy({ url, mailbox, business, camera, visitor }: Scenery): Promise<void> {
  await visitor.goto(`${url}/privacy/${business.slug}`)
  await visitor.getByRole('link', { name: 'See what is held about you' }).waitFor()
  await camera.take(visitor, 'privacy')
  await askForCopy(visitor, mina.email)
  const link = linkTo(`/privacy/${business.slug}`, await mailbox.letterTo(mina.email, `${business.slug}#`))
  await openAnswer(visitor, link)
  await camera.take(visitor, 'privacy-answer')
  await camera.take(visitor, 'privacy-answer-dark', 'dark')
  await eraseEverything(visitor)
  await camera.take(visitor, 'receipt')
}
