import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startChild } from '../src/processes/child.ts'
import { freePorts } from '../src/processes/free-port.ts'
import { processIdentity } from '../src/processes/identity.ts'
import { keepServer } from '../src/processes/keep-server.ts'
import { endLeftovers, rememberChildren } from '../src/processes/leftovers.ts'
import { openLogFile } from '../src/processes/log-file.ts'
import { acquireRunLock, findHolder } from '../src/processes/run-lock.ts'
import { createSupervisor } from '../src/processes/supervisor.ts'
import type { SupervisorOptions } from '../src/processes/supervisor.ts'
import { waitUntil } from '../src/processes/wait-until.ts'
import { temporaryFolder } from './folder.ts'

test('a program that crashes is started again on the same port, and its output is kept', async () => {
  await using world = await startWorld()
  await world.supervisor.start(world.program())
  const first = await world.ask()
  await world.ask('/crash').catch(() => {})
  const second = await waitUntil('a new process', () => world.ask().catch(() => undefined))
  expect(second).not.toBe(first)
  await waitUntil('the news', () => world.news.includes('fake is ready again'))
  expect(world.news[0]).toMatch(/^fake ended with exit code 1; starting it again/)
  expect(readFileSync(join(world.folder, 'fake.log'), 'utf8')).toBe('listening\nlistening\n')
})

test('a program that does not come up is an error that quotes the end of its log', async () => {
  await using world = await startWorld()
  const starting = world.supervisor.start(world.program({ REFUSE_TO_START: '1' }))
  await expect(starting).rejects.toThrow(/fake ended with exit code 3.*fake\.log:\nthis is why/s)
})

test('stop ends every program, by force after the deadline, and starts none again', async () => {
  await using world = await startWorld()
  await world.supervisor.start(world.program({ IGNORE_SIGTERM: '1' }))
  const pid = Number(await world.ask())
  const startedAt = Date.now()
  await world.supervisor.stop(150)
  expect(Date.now() - startedAt).toBeLessThan(1_000)
  expect(processIdentity(pid)).toBeUndefined()
  expect(world.news).toEqual(['fake did not end in time and was killed'])
})

test('a program run to its end is an error unless it ends well', async () => {
  await using world = await startWorld()
  await expect(world.supervisor.run(world.program({ REFUSE_TO_START: '1' }))).rejects.toThrow(
    'fake ended with exit code 3',
  )
})

test('a server that ends while everything stops is neither started again nor reported', async () => {
  await using world = await startWorld()
  const stopping = new AbortController()
  const { command, args, env } = world.program()
  let starts = 0
  const kept = await keepServer({
    name: 'fake',
    report: (line) => world.news.push(line),
    children: { add() {}, remove() {} },
    stopping: stopping.signal,
    async start() {
      starts++
      const child = await startChild({ command, args, env, onOutput() {} })
      await waitUntil('an answer', () => world.ask().catch(() => undefined))
      return { ...child, stop: async (deadlineMs = 1_000) => void (await child.stop('SIGTERM', deadlineMs)) }
    },
  })
  stopping.abort()
  await world.ask('/crash').catch(() => {})
  await kept.server.exited
  await kept.stop(1_000)
  expect({ starts, news: world.news }).toEqual({ starts: 1, news: [] })
})

test('processes left by a run that died are ended; one that only has the number of such a process is not', async () => {
  using folder = temporaryFolder()
  const note = join(folder.path, 'children.json')
  await using world = await startWorld({ children: rememberChildren(note) })
  await world.supervisor.start(world.program())
  const pid = Number(await world.ask())
  const left = JSON.parse(readFileSync(note, 'utf8'))
  writeFileSync(note, JSON.stringify([...left, [process.pid, 'the identity of an earlier process']]))
  expect(await endLeftovers(note)).toBe(1)
  expect(processIdentity(pid)).toBeUndefined()
  expect(await endLeftovers(note)).toBe(0)
})

test('a data directory is taken by one process at a time, and the lock of a dead one does not count', () => {
  using folder = temporaryFolder()
  const lock = acquireRunLock(folder.path)
  expect(findHolder(folder.path)).toBe(process.pid)
  expect(() => acquireRunLock(folder.path)).toThrow(`as process ${process.pid}`)
  lock.release()
  expect(findHolder(folder.path)).toBeUndefined()
  acquireRunLock(folder.path).release()
})

test('a log never grows past its bound', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'a.log')
  const log = openLogFile(path, 100)
  for (let line = 0; line < 100; line += 1) log.write(`line ${line}\n`)
  expect(log.tail(2)).toBe('line 98\nline 99')
  log.close()
  expect(readFileSync(path).length + readFileSync(`${path}.1`).length).toBeLessThan(300)
  expect(readFileSync(path, 'utf8')).toContain('line 99\n')
})

async function startWorld(options: Partial<SupervisorOptions> = {}) {
  const folder = temporaryFolder()
  const news: string[] = []
  const [port] = (await freePorts(1)) as [number]
  const url = `http://127.0.0.1:${port}`
  const supervisor = createSupervisor({
    logDir: folder.path,
    report: (line) => news.push(line),
    backoffMs: { first: 10, most: 20 },
    ...options,
  })
  return {
    folder: folder.path,
    news,
    supervisor,
    ask: async (path = '/') => (await fetch(url + path)).text(),
    program: (env: Record<string, string> = {}) => ({
      name: 'fake',
      command: process.execPath,
      args: [join(import.meta.dirname, 'fake-service.ts')],
      env: { HTTP_PORT: String(port), ...env },
      readyUrl: url,
    }),
    async [Symbol.asyncDispose]() {
      await supervisor.stop(1_000)
      folder[Symbol.dispose]()
    },
  }
}
