import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeBusiness } from '../conformance/close-business.ts'
import { platformOf } from '../conformance/platform.ts'
import { openBusiness } from '../conformance/world.ts'
import type { OpenPlace } from '../conformance/world.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { until } from '../story/until.ts'

let stack: Stack
let world: OpenPlace
beforeAll(async () => {
  stack = await startStack()
  const platform = platformOf(stack)
  world = { ...platform, pack: 'candor', business: await openBusiness(platform) }
})
afterAll(() => stack[Symbol.asyncDispose]())

test('a closed account lets nobody in, leaves nothing but what a law keeps, and tells its staff', async () => {
  const { before, kept, words } = await closeBusiness(world)
  await until('the letters to leave', async () => (await world.search(words)).length === 0)
  const invoices = kept.find(({ table }) => table === 'invoices')
  expect(invoices).toMatchObject({ rows: 1, until: expect.any(String) })
  expect(before.kept).toContainEqual({ ...invoices, service: 'billing' })
})
