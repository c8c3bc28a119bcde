import { services } from '@candor/contracts/callers'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { everyProcedure } from './every-procedure.ts'
import { forge, forgeries, plantKey } from './forged-tokens.ts'
import type { Original } from './forged-tokens.ts'
import { furnishTenant } from './tenants.ts'
import type { Tenant } from './tenants.ts'
import { openTo, outsiders, wrongAdmissions } from './wrong-admission.ts'

let stack: Stack
let key: Original['key']
let tenant: Tenant
let original: Original
beforeAll(async () => {
  stack = await startStack()
  key = await plantKey(stack)
  tenant = await furnishTenant(stack, 'matrix')
  const { accessToken, refreshToken } = await signIn('agent')
  original = { token: accessToken, refreshToken, key }
})
afterAll(() => stack[Symbol.asyncDispose]())

describe.each(services)('every procedure of %s', (service) => {
  const rows = everyProcedure.filter((row) => row.service === service)
  test.each(outsiders)('lets %s in or refuses as its contract says', async (who) => {
    const token = who === 'anyone' ? undefined : tenant.tokens[who]
    expect(await wrongAdmissions(rows, { url: stack.url, who, token })).toEqual([])
  })
})

test('a token forged right in every point is let in by every service', async () => {
  const open = await openTo(stack.url, 'agent', forge(original))
  expect(new Set(open.map((name) => name.split('.')[0]))).toEqual(new Set(services))
})

test.each(Object.keys(forgeries))(
  'a token with %s is refused by every procedure of every service',
  async (what) => {
    const token = forgeries[what]!(original)
    expect(await openTo(stack.url, 'agent', token)).toEqual([])
  },
)

test('a session that was signed out is refused by every procedure of every service within five seconds, and its streams end', async () => {
  const { accessToken } = await signIn('agent')
  expect(await openTo(stack.url, 'agent', accessToken)).not.toEqual([])
  const ended = Promise.withResolvers<unknown>()
  const gone = clientsOf(stack.url, accessToken)
  gone.chat.live.subscribe({}, { onError: ended.resolve })

  await gone.identity.signOut.mutate()
  await settle(async () => expect(await openTo(stack.url, 'agent', accessToken)).toEqual([]), 5_000)
  expect(await ended.promise).toMatchObject({ data: { reason: 'not-signed-in' } })
  expect(await openTo(stack.url, 'agent', tenant.tokens.agent)).not.toEqual([])
})

test('with a changed role the tokens that name the former one are refused everywhere within five seconds, and a renewal helps', async () => {
  const { accessToken, refreshToken } = await signIn('agent')
  const owner = clientsOf(stack.url, tenant.tokens.owner)
  await owner.identity.changeRole.mutate({ userId: tenant.ids.userId, role: 'admin' })
  await settle(async () => expect(await openTo(stack.url, 'agent', accessToken)).toEqual([]), 5_000)
  const renewed = await clientsOf(stack.url).identity.refreshSession.mutate({ refreshToken })
  expect(await openTo(stack.url, 'admin', renewed.accessToken)).not.toEqual([])
})

function signIn(role: 'agent') {
  return clientsOf(stack.url).identity.signIn.mutate(tenant.accounts[role])
}
