import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { everyProcedure } from './every-procedure.ts'
import { furnishTenant } from './tenants.ts'
import type { Tenant } from './tenants.ts'
import { openTo, outsiders, wrongAdmission } from './wrong-admission.ts'

let stack: Stack
let tenant: Tenant
beforeAll(async () => {
  stack = await startStack()
  tenant = await furnishTenant(stack, 'matrix')
})
afterAll(() => stack[Symbol.asyncDispose]())

describe.each(everyProcedure)('$service $name', ({ service, name, procedure }) => {
  test.each(outsiders)('lets %s in or refuses as its contract says', async (who) => {
    const token = who === 'anyone' ? undefined : tenant.tokens[who]
    expect(await wrongAdmission({ url: stack.url, service, name, procedure, who, token })).toBeUndefined()
  })
})

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
