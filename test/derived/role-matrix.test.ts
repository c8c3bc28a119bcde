import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { everyProcedure } from './every-procedure.ts'
import { furnishTenant } from './tenants.ts'
import type { Tenant } from './tenants.ts'
import { outsiders, wrongAdmission } from './wrong-admission.ts'

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
