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

const inForceWithinMs = 1_000

test('consent withdrawn at privacy stops what rests on it in chat within a second', async () => {
  const { business } = await newBusiness(stack.url)
  const effects = []
  for (let visitor = 0; visitor < 20; visitor++)
    effects.push(await withdraw(await agreed(business.widgetKey)))
  const milliseconds = effects.map((effect) => effect.toFixed(0)).join(' ')
  console.info(`milliseconds from withdrawal to effect: ${milliseconds}`)
  // A machine busy with other things may stall any single one of them.
  expect(effects.toSorted((one, other) => one - other)[14]).toBeLessThan(inForceWithinMs)
})

test('consent withdrawn while chat is down is obeyed from its first answer after it has caught up', async () => {
  const { business } = await newBusiness(stack.url)
  const { clients, isCounted } = await agreed(business.widgetKey)
  await stack.stop('chat')
  await clients.privacy.withdrawConsent.mutate({ source: 'banner' })
  await stack.start('chat')
  await settle(async () => expect(await isCounted()).toBe(false))
})

/** Answers how many milliseconds passed until chat obeyed. */
async function withdraw({ clients, isCounted }: Visitor): Promise<number> {
  await clients.privacy.withdrawConsent.mutate({ source: 'banner' })
  const withdrawnAt = performance.now()
  while (await isCounted()) expect(performance.now() - withdrawnAt).toBeLessThan(10_000)
  return performance.now() - withdrawnAt
}

type Visitor = Awaited<ReturnType<typeof agreed>>

/** A visitor who has agreed to being counted, and is. */
async function agreed(widgetKey: string) {
  const { accessToken } = await clientsOf(stack.url).identity.startVisitorSession.mutate({ widgetKey })
  const clients = clientsOf(stack.url, accessToken)
  const isCounted = async () => (await clients.chat.countVisit.mutate({ widgetKey, page: '/' })).counted
  await clients.privacy.recordConsent.mutate({ textVersion: 1, source: 'banner', given: ['statistics'] })
  await settle(async () => expect(await isCounted()).toBe(true))
  return { clients, isCounted }
}
