import { continueTrace, runInTrace } from '@candor/runtime/trace'
import { expect, test } from 'vitest'
import { capturedLog } from './captured-log.ts'

const canary = 'ada.canary@example.org'

test('fields that are not on the list never get out', () => {
  const { log, text, lines } = capturedLog()
  log.info({ email: canary, name: canary, text: canary, procedure: 'postMessage' }, 'called')
  expect(lines()).toMatchObject([{ procedure: 'postMessage', msg: 'called', service: 'test' }])
  expect(text()).not.toContain(canary)
})

test('a field on the list gets out as a number, a boolean or a short string, never as a structure', () => {
  const { log, text, lines } = capturedLog()
  log.info(
    { count: 3, state: { email: canary }, reason: [canary], code: `${'x'.repeat(300)}${canary}` },
    'seen',
  )
  expect(lines()[0]).toMatchObject({ count: 3 })
  expect(text()).not.toContain(canary)
})

test('of an error, its kind and where it was thrown get out, never its message', () => {
  const { log, text, lines } = capturedLog()
  const cause = Object.assign(new Error(`no row for ${canary}`), { code: '23505', constraint: 'users_email' })
  const err = new TypeError(`cannot write ${canary}`, { cause })
  log.error({ err }, 'failed')
  expect(lines()[0]!.err).toMatchObject({
    type: 'TypeError',
    frames: expect.arrayContaining([expect.stringContaining('logger.test.ts')]),
    cause: { code: '23505', constraint: 'users_email' },
  })
  expect(text()).not.toContain(canary)
})

test('a message that looks like a stack frame stays inside too', () => {
  const { log, text } = capturedLog()
  log.error({ err: new Error(`quoted:\n    at ${canary} (file.ts:1:1)`) }, 'failed')
  expect(text()).not.toContain(canary)
})

test("an error's own fields get out only as single words", () => {
  const { log, text, lines } = capturedLog()
  const err = Object.assign(new Error('x'), {
    code: { email: canary },
    reason: `wrong password of ${canary}`,
  })
  err.name = canary
  log.error({ err }, 'failed')
  expect(lines()[0]!.err.frames.length).toBeGreaterThan(0)
  expect(text()).not.toContain(canary)
})

test('an error logged without a sentence prints nothing of its message', () => {
  const { log, text } = capturedLog()
  const careless = log.error.bind(log) as (...args: unknown[]) => void
  careless(new Error(canary))
  careless({ err: new Error(canary) })
  careless({}, 'hello %s', canary)
  expect(text()).not.toContain(canary)
})

test('errors that cause each other are logged and not followed for ever', () => {
  const { log, lines } = capturedLog()
  const [chicken, egg] = [new Error('chicken'), new Error('egg')]
  chicken.cause = egg
  egg.cause = chicken
  log.error({ err: chicken }, 'failed')
  expect(lines()).toHaveLength(1)
})

test('each line carries the id of the trace it belongs to', () => {
  const { log, lines } = capturedLog()
  const trace = continueTrace(`00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`)
  runInTrace(trace, () => log.info({}, 'inside'))
  log.info({}, 'outside')
  expect(lines().map(({ traceId }) => traceId)).toEqual(['ab'.repeat(16), undefined])
})
