import { services } from '@candor/contracts/callers'
import type { AnyProcedure } from '@candor/contracts/contract'
import { createRandom, isWhole, seed } from '@candor/testing/long-form'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { everyPublicProcedure } from './every-procedure.ts'
import { inBatches, rawBatch, readAnswer } from './raw-call.ts'
import { fieldsOf, put, sampleInput } from './sample-input.ts'
import { badInputs, sendBad, wrongWith } from './send-bad.ts'
import { furnishTenant } from './tenants.ts'
import type { Tenant } from './tenants.ts'

let stack: Stack
let tenant: Tenant
let furnishedAt = -Infinity
beforeAll(async () => {
  stack = await startStack({
    SIGN_UPS_PER_HOUR_MAX: '1000000',
    VISITOR_SESSIONS_PER_HOUR_MAX: '1000000',
    REQUESTS_PER_HOUR_REMOTE_MAX: '1000000',
    WRONG_PASSWORDS_PER_REMOTE_FREE: '1000000',
  })
  await furnish()
})
afterAll(() => stack[Symbol.asyncDispose]())

/** Tokens end after ten minutes; the long form goes on with a business of the same make. */
async function furnish() {
  if (performance.now() - furnishedAt < 4 * 60_000) return
  furnishedAt = performance.now()
  tenant = await furnishTenant(stack, `fuzz${Math.round(furnishedAt)}`)
}

const inputsMin = Number(process.env.CANDOR_BAD_INPUTS ?? (isWhole ? 1_000_000 : 20_000))
const rows = everyPublicProcedure.filter(({ name }) => name !== 'signOut')
const places = rows.reduce((sum, { procedure }) => sum + weightOf(procedure), 0)
const startedAt = performance.now()
let sent = 0
console.info(`bad input: CANDOR_SEED=${seed} replays this run`)

/** The more fields, the more there is to be wrong. A stream is asked for alone, at the cost of many calls. */
function weightOf(procedure: AnyProcedure): number {
  return procedure.kind === 'subscription' ? 1 : 1 + Math.min(fieldsOf(procedure).length, 8)
}

function tokenOf(access: readonly string[]): string | undefined {
  const insider = (['owner', 'visitor', 'subject'] as const).find((who) => access.includes(who))
  return insider && tenant.tokens[insider]
}

describe.each(rows.map((row, place) => ({ ...row, place })))('$service $name', (row) => {
  const { service, name, procedure, place } = row
  test('answers any value with a typed answer', { timeout: 3_600_000 }, async () => {
    await furnish()
    const random = createRandom(seed + place)
    const count = Math.ceil((inputsMin * weightOf(procedure)) / places)
    const inputs = badInputs(procedure, tenant.ids, count, random)
    const token = tokenOf(procedure.access)
    expect(await sendBad(inputs, { url: stack.url, row, token, random })).toEqual([])
    const before = Math.floor(sent / 50_000)
    sent += inputs.length
    if (Math.floor(sent / 50_000) > before)
      console.info(
        `bad input: ${sent} of ${inputsMin}, ${Math.round((sent / (performance.now() - startedAt)) * 1_000)} a second`,
      )
  })

  test('names every field that is wrong', async () => {
    const sample = sampleInput(procedure, tenant.ids)
    const calls = fieldsOf(procedure).map(({ path }) => ({
      name,
      procedure,
      path,
      input: put(sample, path, { not: ['a', 'value'] }),
    }))
    // A stream is no part of a batch.
    if (procedure.kind === 'subscription') return
    for (const batch of inBatches(calls)) {
      const answers = await rawBatch(stack.url, service, batch, tokenOf(procedure.access))
      for (const [which, { path }] of batch.entries()) {
        const { error } = answers[which]!
        expect(error?.data).toMatchObject({ reason: 'bad-input', fields: expect.any(Array) })
        expect(error!.data.fields!.some((field) => field.path.startsWith(path[0]!))).toBe(true)
      }
    }
  })
})

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
  expect(wrongWith(answer)).toBeUndefined()
  expect(answer.status).toBe(status)
})

test('a procedure that does not exist, and one called the wrong way, say so', async () => {
  const missing = await readAnswer(await fetch(`${stack.url}/trpc/chat/noSuchThing`))
  expect(missing.error?.data).toMatchObject({ reason: 'no-such-procedure', httpStatus: 404 })
  const wrong = await readAnswer(await fetch(`${stack.url}/trpc/${service}/${name}`))
  expect(wrong.error?.data).toMatchObject({ reason: 'wrong-method', httpStatus: 405 })
})

test(`after ${inputsMin} bad inputs every service is ready and has logged no fault of its own`, async () => {
  console.info(`bad input: ${sent} inputs, CANDOR_SEED=${seed} replays them`)
  expect(sent).toBeGreaterThanOrEqual(inputsMin)
  for (const one of services) expect(await stack.ready(one)).toBe('ready')
  const faults = stack
    .log()
    .split('\n')
    .filter((line) => /"level":[56]0/.test(line))
  expect(faults.slice(0, 5)).toEqual([])
})
