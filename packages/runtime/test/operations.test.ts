import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { checkMigrated } from '@candor/runtime/migrate'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { serveOperations } from '@candor/runtime/operations-server'
import { startLine } from '@candor/testing/line'
import { settle } from '@candor/testing/settle'
import { startTestNats } from '@candor/testing/test-nats'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotesDatabase, notesTable } from './notes-database.ts'

const stack = new AsyncDisposableStack()
let database: Awaited<ReturnType<typeof createNotesDatabase>>
let nats: Awaited<ReturnType<typeof startTestNats>>
beforeAll(async () => {
  database = stack.use(await createNotesDatabase())
  nats = stack.use(await startTestNats())
})
afterAll(() => stack.disposeAsync())

/** A process's operations port, with its database and broker at the end of lines that can be unplugged. */
async function startOperations() {
  const parts = new AsyncDisposableStack()
  const lines = {
    postgres: parts.use(await startLine(database.appUrl)),
    nats: parts.use(await startLine(nats.url)),
  }
  const log = createLogger({ service: 'notes', level: 'silent' })
  const metrics = createMetrics('notes')
  const db = database.pool(2, lines.postgres.url)
  metrics.gauge('notes_stored', 'Notes', [], async (set) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from notes`.execute(db)
    set({}, rows[0]!.n)
  })
  const broker = await connectNats({ url: lines.nats.url, seed: nats.seeds.chat, name: 'chat', log })
  parts.defer(() => closeNats(broker))
  const lifecycle = createLifecycle(log)
  parts.defer(() => lifecycle.stop())
  const port = await serveOperations(lifecycle, {
    port: 0,
    metrics,
    checks: { postgres: () => checkMigrated(db, [notesTable]), nats: () => broker.flush() },
  })
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: response.status, text: await response.text() }
  }
  return { lines, lifecycle, get, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}

test.for(['postgres', 'nats'] as const)(
  'while %s is away the process is alive and not ready, and it is ready again by itself',
  async (part) => {
    await using operations = await startOperations()
    expect(await operations.get('/readyz')).toEqual({ status: 200, text: 'ready' })
    operations.lines[part].unplug()
    expect(await operations.get('/readyz')).toEqual({ status: 503, text: `waiting for ${part}` })
    expect(await operations.get('/healthz')).toEqual({ status: 200, text: 'ok' })
    expect((await operations.get('/metrics')).text).toMatch(
      new RegExp(`^readiness_check_ok.*check="${part}".* 0$`, 'm'),
    )
    operations.lines[part].plugIn()
    await settle(async () => expect((await operations.get('/readyz')).status).toBe(200))
  },
)

test('while it stops a process is alive and not ready', async () => {
  await using operations = await startOperations()
  const draining = Promise.withResolvers<void>()
  operations.lifecycle.onStop('door', () => draining.promise)
  const stopped = operations.lifecycle.stop()
  expect(await operations.get('/readyz')).toEqual({ status: 503, text: 'stopping' })
  expect(await operations.get('/healthz')).toEqual({ status: 200, text: 'ok' })
  draining.resolve()
  await stopped
})

test('a process that will stop is not ready at once, though it still answers', async () => {
  await using operations = await startOperations()
  void operations.lifecycle.leave()
  expect(await operations.get('/readyz')).toEqual({ status: 503, text: 'stopping' })
  expect(await operations.get('/healthz')).toEqual({ status: 200, text: 'ok' })
  expect(operations.lifecycle.signal.aborted).toBe(false)
})

test('what cannot be measured while the database is away is left out, and the rest is told', async () => {
  await using operations = await startOperations()
  expect((await operations.get('/metrics')).text).toMatch(/^notes_stored\S* 0$/m)
  operations.lines.postgres.unplug()
  const { status, text } = await operations.get('/metrics')
  expect(status).toBe(200)
  expect(text).not.toMatch(/^notes_stored/m)
  expect(text).toMatch(/^process_resident_memory_bytes/m)
})

test('a check that throws counts as failed, and anything else on this port is not found', async () => {
  const lifecycle = createLifecycle(createLogger({ service: 'notes', level: 'silent' }))
  const broken = () => {
    throw new Error('at once')
  }
  const port = await serveOperations(lifecycle, {
    port: 0,
    metrics: createMetrics('notes'),
    checks: { broken },
  })
  const statuses = ['/readyz', '/trpc/chat/postMessage', '/'].map(
    async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status,
  )
  expect(await Promise.all(statuses)).toEqual([503, 404, 404])
  await lifecycle.stop()
})
