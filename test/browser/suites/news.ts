import { imbachat } from '@candor/policy/packs/imbachat'
import { settle } from '@candor/testing/settle'
import { beforeAll, expect, test } from 'vitest'
import { clientsOf } from '../../story/clients.ts'
import { linkTo } from '../acts/letters.ts'
import { audit } from '../audit.ts'
import { newBusiness } from '../new-business.ts'
import { openPerson } from '../person.ts'
import type { Platform } from '../platform.ts'

let platform: Platform

export function newsTests(started: () => Platform): void {
  beforeAll(() => {
    platform = started()
  })

  test('one click in a letter stops service news without a sign-in; a chat puts nobody on a list', async () => {
    const { people, business, accessToken } = await newBusiness(platform.url)
    await platform.publish(business.id, imbachat.policy)
    const owner = clientsOf(platform.url, accessToken).privacy
    const visitor = await clientsOf(platform.url).identity.startVisitorSession.mutate({
      widgetKey: business.widgetKey,
    })
    await clientsOf(platform.url, visitor.accessToken).chat.startConversation.mutate({
      ...people.visitor,
      text: 'Does the Swift come in green?',
    })
    const letter = { subject: 'What is new this month', text: 'You can now search.' }
    await settle(async () => expect((await owner.sendNews.mutate(letter)).queued).toBe(1))
    const campaign = { ...letter, instruction: 'Send this to all who asked for offers.' }
    expect((await owner.sendCampaign.mutate(campaign)).queued).toBe(0)

    const link = linkTo('/privacy', await platform.mailbox.letterTo(people.owner.email, letter.subject))
    const person = await openPerson(platform.browser)
    await person.page.goto(link)
    await person.page.getByRole('heading', { name: 'No more news' }).waitFor()
    expect(person.page.url()).not.toContain('token')
    expect(await audit(person, 'news stopped')).toEqual([])
    await person.context.close()
    expect((await owner.sendNews.mutate(letter)).queued).toBe(0)
  })
}
