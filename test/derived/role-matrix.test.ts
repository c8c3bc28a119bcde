import { isService } from '@candor/contracts/callers'
import type { CallerKind } from '@candor/contracts/callers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { everyProcedure } from './every-procedure.ts'
import { rawCall } from './raw-call.ts'
import { sampleInput } from './sample-input.ts'
import { furnishTenant } from './tenants.ts'
import type { Tenant } from './tenants.ts'

let stack: Stack
let tenant: Tenant
beforeAll(async () => {
  stack = await startStack()
  tenant = await furnishTenant(stack, 'matrix')
})
afterAll(() => stack[Symbol.asyncDispose]())

const outsiders = ['anyone', 'visitor', 'subject', 'owner', 'admin', 'agent'] as const satisfies CallerKind[]

describe.each(everyProcedure)('$service $name', ({ service, name, procedure }) => {
  test.each(outsiders)('lets %s in or refuses as its contract says', async (who) => {
    const token = who === 'anyone' ? undefined : tenant.tokens[who]
    // An input that is refused once read: who is let in gets as far as that, and nothing is changed.
    const { error } = await rawCall(
      stack.url,
      service,
      name,
      procedure,
      badFields(sampleInput(procedure)),
      token,
    )
    const reason = error?.data.reason
    if (procedure.access.every(isService)) {
      expect(reason, 'internal rows do not exist over HTTP').toBe('no-such-procedure')
    } else if (procedure.access.includes('anyone') || procedure.access.includes(who)) {
      expect(['bad-input', undefined]).toContain(reason)
    } else {
      expect([reason, error?.data.httpStatus]).toEqual(
        who === 'anyone' ? ['not-signed-in', 401] : ['forbidden', 403],
      )
    }
  })
})

/** Every field of a type that no schema here takes. */
function badFields(input: unknown): object {
  return Object.fromEntries(Object.keys(input as object).map((key) => [key, { not: 'a value' }]))
}
