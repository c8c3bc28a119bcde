import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rootDir } from '../src/config.ts'
import { describeExit } from '../src/processes/child.ts'
import type { Exit } from '../src/processes/child.ts'
import { freePorts } from '../src/processes/free-port.ts'
import { processIdentity } from '../src/processes/identity.ts'
import { waitUntil } from '../src/processes/wait-until.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const [port] = await freePorts(1)
let candor: Started

beforeAll(async () => {
  candor = await start()
}, 120_000)

afterAll(async () => {
  await candor?.interrupt()
  folder[Symbol.dispose]()
})

test('one command brings up the platform, and its demo owner can sign in', async () => {
  expect((await signIn(candor)).status).toBe(200)
  for (const path of ['/', '/shop', '/mail', '/widget.js', '/trpc/billing/listPlans']) {
    expect([path, (await fetch(candor.url + path)).status]).toEqual([path, 200])
  }
})

test('a second one on the same data is refused by name, and a reset too', async () => {
  const second = run('start')
  expect(await second.exited).toEqual({ code: 1, signal: null })
  expect(second.output()).toContain(`as process ${candor.pid}`)
  const reset = run('reset')
  expect(await reset.exited).toEqual({ code: 1, signal: null })
})

test('what is parked can be asked of what runs; of what never did, the answer says how to start it', async () => {
  const asked = run('parked')
  expect(await asked.exited).toEqual({ code: 0, signal: null })
  expect(asked.output()).toMatch(/^chat +nothing parked$/m)
  using other = temporaryFolder()
  const early = run('parked', other.path)
  expect(await early.exited).toEqual({ code: 2, signal: null })
  expect(early.output()).toMatch(/^Candor was never started .*npm start\n$/)
})

test('the doctor finds nothing wrong in what runs, service by service, and where nothing runs says so', async () => {
  const asked = run('doctor')
  expect(await asked.exited, asked.output()).toEqual({ code: 0, signal: null })
  for (const service of ['identity', 'chat', 'billing', 'transcripts', 'privacy'])
    expect(asked.output()).toMatch(new RegExp(`^${service} +ok +readiness +ready$`, 'm'))
  expect(asked.output()).toMatch(/^billing +ok +provider +localhost:\d+ knows our key$/m)
  expect(asked.output()).toMatch(/^web +ok +pages[^]*^web +ok +privacy +answers at http/m)
  using other = temporaryFolder()
  const early = run('doctor', other.path)
  expect(await early.exited).toEqual({ code: 2, signal: null })
  expect(early.output()).toMatch(/^Candor is not running .*npm start\n$/)
}, 60_000)

test('services, PostgreSQL and NATS that are killed come back by themselves', async () => {
  const killed = children()
  for (const pid of killed) process.kill(pid, 'SIGKILL')
  await waitUntil(
    'other processes',
    () => children().length === killed.length && !children().some((pid) => killed.includes(pid)),
    { deadlineMs: 30_000 },
  )
  await waitUntil('a working sign-in', async () => (await signIn(candor)).status === 200, {
    deadlineMs: 30_000,
  })
})

test('Ctrl-C, however often it arrives, ends everything within five seconds, and the next start has the data', async () => {
  const pids = children()
  const startedAt = Date.now()
  const exit = await candor.interrupt()
  expect(describeExit(exit)).toBe('exit code 0')
  expect(Date.now() - startedAt).toBeLessThan(5_000)
  expect(pids.filter((pid) => processIdentity(pid))).toEqual([])
  candor = await start()
  expect((await signIn(candor)).status).toBe(200)
}, 120_000)

async function start(): Promise<Started> {
  const process = run('start')
  const ready = /^Candor is ready: (http:\/\/localhost:\d+)$/m
  const url = await waitUntil(
    'the ready line',
    async () => {
      const ended = await Promise.race([process.exited, Promise.resolve(undefined)])
      if (ended) throw new Error(process.output())
      return ready.exec(process.output())?.[1]
    },
    { deadlineMs: 100_000 },
  )
  return {
    url,
    pid: process.pid,
    interrupt() {
      for (let times = 0; times < 3; times += 1) process.kill('SIGINT')
      return process.exited
    },
  }
}

function run(command: 'start' | 'reset' | 'parked' | 'doctor', dataDir = folder.path) {
  const child = spawn(process.execPath, [join(rootDir, `packages/local/src/${command}.ts`)], {
    env: { ...process.env, CANDOR_DATA: dataDir, CANDOR_PORT: String(port) },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const exited = new Promise<Exit>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  return {
    pid: child.pid!,
    exited,
    output: () => output,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
  }
}

async function signIn({ url }: Started): Promise<Response> {
  const { owner } = JSON.parse(readFileSync(join(folder.path, 'demo.json'), 'utf8'))
  return fetch(`${url}/trpc/identity/signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: owner.email, password: owner.password }),
  })
}

/** The processes of the stack, as it notes them for the case of its own death. */
function children(): number[] {
  const note = join(folder.path, 'children.json')
  if (!existsSync(note)) return []
  return JSON.parse(readFileSync(note, 'utf8')).map(([pid]: [number]) => pid)
}

interface Started {
  url: string
  pid: number
  interrupt(): Promise<Exit>
}
