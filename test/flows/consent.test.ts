import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newBusiness } from '../browser/new-business.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack[Symbol.asyncDispose]())

test('consent withdrawn at privacy stops what rests on it in chat', async () => {
  const { business } = await newBusiness(stack.url)
  const { clients, isCounted } = await agreed(business.widgetKey)
  await clients.privacy.withdrawConsent.mutate({ source: 'banner' })
  await settle(async () => expect(await isCounted()).toBe(false))
})

test('consent withdrawn while chat is down is obeyed from its first answer after it has caught up', async () => {
  const { business } = await newBusiness(stack.url)
  const { clients, isCounted } = await agreed(business.widgetKey)
  await stack.stop('chat')
  await clients.privacy.withdrawConsent.mutate({ source: 'banner' })
  await stack.start('chat')
  await settle(async () => expect(await isCounted()).toBe(false))
})

/** A visitor who has agreed to being counted, and is. */
async function agreed(widgetKey: string) {
  const { accessToken } = await clientsOf(stack.url).identity.startVisitorSession.mutate({ widgetKey })
  const clients = clientsOf(stack.url, accessToken)
  const isCounted = async () => (await clients.chat.countVisit.mutate({ widgetKey, page: '/' })).counted
  await clients.privacy.recordConsent.mutate({ textVersion: 1, source: 'banner', given: ['statistics'] })
  await settle(async () => expect(await isCounted()).toBe(true))
  return { clients, isCounted }
}
