import { errorReasons } from '@candor/contracts/errors'
import fc from 'fast-check'
import { isWhole, seed } from '@candor/testing/long-form'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { everyPublicProcedure } from './every-procedure.ts'
import { rawCall, readAnswer } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'
import { fieldsOf, put, sampleInput } from './sample-input.ts'
import { furnishTenant } from './tenants.ts'
import type { Tenant } from './tenants.ts'

let stack: Stack
let tenant: Tenant
beforeAll(async () => {
  stack = await startStack({ SIGN_UPS_PER_HOUR_MAX: '100000' })
  tenant = await furnishTenant(stack, 'fuzz')
})
afterAll(() => stack[Symbol.asyncDispose]())

const runsEach = Number(process.env.FUZZ_RUNS ?? (isWhole ? 100 : 10))
console.info(`bad input: CANDOR_SEED=${seed} replays this run`)

describe.each(everyPublicProcedure.filter(({ name }) => name !== 'signOut'))(
  '$service $name',
  ({ service, name, procedure }) => {
    test('answers any value with a typed answer, and names the field that is wrong', async () => {
      const insider = (['owner', 'visitor', 'subject'] as const).find((who) => procedure.access.includes(who))
      const token = insider && tenant.tokens[insider]
      const fields = fieldsOf(procedure)
      const sample = sampleInput(procedure, tenant.ids)
      const mutated =
        fields.length === 0
          ? nastyValue
          : fc
              .tuple(fc.constantFrom(...fields), nastyValue)
              .map(([{ path }, value]) => put(sample, path, value))
      const call = async (input: unknown) => {
        const answer = await rawCall(stack.url, service, name, procedure, input, token)
        expectTyped(answer)
      }
      await fc.assert(
        fc.asyncProperty(
          fc.oneof({ weight: 4, arbitrary: mutated }, { weight: 1, arbitrary: nastyValue }),
          call,
        ),
        {
          numRuns: runsEach,
          seed,
        },
      )
      for (const { path } of fields.slice(0, 8)) {
        const { error } = await rawCall(
          stack.url,
          service,
          name,
          procedure,
          put(sample, path, { not: ['a', 'value'] }),
          token,
        )
        expect(error?.data).toMatchObject({ reason: 'bad-input', fields: expect.any(Array) })
        expect(error!.data.fields!.some((field) => field.path.startsWith(path[0]!))).toBe(true)
      }
    })
  },
)

const { service, name } = everyPublicProcedure.find(({ procedure }) => procedure.kind === 'mutation')!

test.each([
  ['no JSON', 'application/json', '{"a":', 400],
  ['a truncated string', 'application/json', '"abc', 400],
  [
    'bytes that are no UTF-8',
    'application/json',
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    400,
  ],
  ['two megabytes', 'application/json', JSON.stringify({ x: 'y'.repeat(2_000_000) }), 413],
  ['ten thousand nested arrays', 'application/json', '['.repeat(10_000) + ']'.repeat(10_000), 400],
  ['another media type', 'text/xml', '<a/>', 415],
])('a body of %s is answered with its status', async (_what, contentType, body, status) => {
  const response = await fetch(`${stack.url}/trpc/${service}/${name}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: body as BodyInit,
  })
  const answer = await readAnswer(response)
  expectTyped(answer)
  expect(answer.status).toBe(status)
})

test('a procedure that does not exist, and one called the wrong way, say so', async () => {
  const missing = await readAnswer(await fetch(`${stack.url}/trpc/chat/noSuchThing`))
  expect(missing.error?.data).toMatchObject({ reason: 'no-such-procedure', httpStatus: 404 })
  const wrong = await readAnswer(await fetch(`${stack.url}/trpc/${service}/${name}`))
  expect(wrong.error?.data).toMatchObject({ reason: 'wrong-method', httpStatus: 405 })
})

function expectTyped(answer: RawAnswer): void {
  expect(answer.status, answer.text.slice(0, 500)).toBeLessThan(500)
  if (answer.status >= 400) expect(Object.keys(errorReasons)).toContain(answer.error?.data.reason)
  expect(answer.text).not.toMatch(/\n\s+at |node_modules|\.ts:\d+/)
}

/** What people, proxies and attackers send: everything JSON can say, and texts that trip databases and renderers. */
const nastyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\u202e',
    '%00',
    '../../etc/passwd',
    "' or 1=1 --",
    '<script>alert(1)</script>',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    '1e999',
    'x'.repeat(5_000),
    '🚲'.repeat(400),
    '00000000-0000-0000-0000-000000000000',
  ),
  fc.constantFrom<unknown>(
    -1,
    0,
    2 ** 31,
    2 ** 53,
    1e300,
    -0.5,
    null,
    true,
    [],
    {},
    [[]],
    JSON.parse('{"__proto__":{"x":1}}'),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
