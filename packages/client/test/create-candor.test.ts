import { build } from 'esbuild'
import { expect, test, vi } from 'vitest'
import { delayMsOf } from '../src/backoff.ts'
import { findErrorData, isRetryable } from '../src/call-error.ts'
import { createCandor } from '../src/create-candor.ts'
import { startChatServer } from './chat-server.ts'
import { startVisitor } from './visitor.ts'

test('no token stands in any address, of calls or of the stream', async () => {
  await using server = await startChatServer()
  using visitor = await startVisitor(server.url)
  visitor.follow()
  await vi.waitFor(() => expect(visitor.isLive()).toBe(true))
  await visitor.candor.chat.listMessages.query({ conversationId: visitor.conversationId })
  expect(server.calls.length).toBeGreaterThan(3)
  expect(server.calls.join()).not.toMatch(/access-|refresh-/)
})

test('a refusal tells its reason and that repeating it is no use', async () => {
  await using server = await startChatServer()
  const candor = createCandor({ url: server.url })
  const error = await candor.identity.startVisitorSession
    .mutate({ widgetKey: 'unknown' })
    .catch((cause) => cause)
  expect(findErrorData(error)).toMatchObject({ reason: 'not-found', retryable: false })
  expect(isRetryable(error)).toBe(false)
})

test('a call that nobody answers in time fails as one that may be repeated', async () => {
  await using server = await startChatServer({ other: () => {} })
  const candor = createCandor({ url: `${server.url}/nowhere`, callTimeoutMs: 100 })
  const error = await candor.identity.startVisitorSession.mutate({ widgetKey: 'any' }).catch((cause) => cause)
  expect(isRetryable(error)).toBe(true)
})

test('a browser bundle of the client holds no validator and no server', async () => {
  const entries = ['create-candor', 'session', 'token-store', 'follow-conversation', 'follow-inbox']
  const { metafile } = await build({
    stdin: {
      contents: entries.map((name) => `export * from './${name}.ts'`).join('\n'),
      resolveDir: new URL('../src', import.meta.url).pathname,
    },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'esm',
  })
  const inputs = Object.keys(metafile.inputs)
  expect(inputs.filter((path) => /zod|packages\/contracts|contracts\/src|adapters/.test(path))).toEqual([])
})

test('delays double up to the cap and are half chance', () => {
  const backoff = { baseMs: 100, capMs: 1_000 }
  for (const [attempt, fullMs] of [
    [1, 100],
    [2, 200],
    [4, 800],
    [5, 1_000],
    [5_000, 1_000],
  ] as const) {
    const delaysMs = Array.from({ length: 200 }, () => delayMsOf(attempt, backoff))
    expect(Math.min(...delaysMs)).toBeGreaterThanOrEqual(fullMs / 2)
    expect(Math.max(...delaysMs)).toBeLessThanOrEqual(fullMs)
    expect(new Set(delaysMs).size).toBeGreaterThan(100)
  }
})
