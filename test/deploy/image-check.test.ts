import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { problemsOfCalls } from '@candor/image/check/calls'
import { freedoms } from '@candor/image/check/confinement'
import { strangersIn } from '@candor/image/check/contents'
import { wrongLabels } from '@candor/image/check/labels'
import { manifestFlags } from '@candor/image/check/manifest-flags'
import { expect, onTestFinished, test } from 'vitest'

// The check of images needs more than every machine has; that its eyes are open is shown on all of them.

test('a service is run by the flags that its manifest asks for', () => {
  const { uid, memoryBytes, flags } = manifestFlags('base/deployment.yaml')
  expect({ uid, memoryBytes }).toEqual({ uid: 10_001, memoryBytes: 512 * 1024 ** 2 })
  for (const flag of ['--read-only', 'no-new-privileges', 'ALL', String(memoryBytes)])
    expect(flags).toContain(flag)
  expect(flags).not.toContain('seccomp=unconfined')
})

test.skipIf(process.platform !== 'linux')('a process that nothing confines is found to be free', () => {
  const found = freedoms(process.pid, { uid: 10_001, memoryBytes: 1 })
  expect(found).toContain('a root it can write to')
  expect(found).toContain('more memory than its limit')
  expect(found).toContain('another user')
})

test('what does not belong into an image is found in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-strangers-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const strangers = [
    'app/main.mjs.map',
    'app/src/main.ts',
    'app/node_modules/pg/index.js',
    'bin/sh',
    'package.json',
  ]
  for (const path of [...strangers, 'app/main.mjs', 'nodejs/bin/node']) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), '')
  }
  const found = await strangersIn({ podman: async () => folder }, 'any')
  expect(found.toSorted()).toEqual(strangers.map((path) => path.replace('/pg/index.js', '')).toSorted())
})

test('what is interrupted closes what it opened, however often it is told', async () => {
  const { href } = new URL('../../packages/image/src/check/interruption.ts', import.meta.url)
  const program = `
    import { interruption } from '${href}'
    const opened = setInterval(() => {}, 1000)
    const interrupted = interruption()
    console.log('opened')
    await interrupted
    console.log('closing')
    process.stdin.once('data', () => console.log('closed')).once('end', () => clearInterval(opened))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program])
  const ended = once(child, 'exit')
  let told = ''
  for await (const chunk of child.stdout) {
    told += chunk
    if (told === 'opened\n') child.kill('SIGINT')
    if (told === 'opened\nclosing\n') {
      child.kill('SIGINT')
      child.kill('SIGTERM')
      child.stdin.end('go on')
    }
  }
  expect(told).toBe('opened\nclosing\nclosed\n')
  expect(await ended).toEqual([0, null])
})

test('a label that is wrong or not there is found', async () => {
  const names = ['title', 'description', 'version', 'revision', 'base.name']
  const wrong = async (labels: unknown) =>
    wrongLabels(
      { podman: async () => JSON.stringify(labels) },
      { service: 'chat', image: 'any', revision: 'r' },
    )
  expect(await wrong(null)).toEqual(names.map((name) => `${name} ""`))
  const revision = { 'org.opencontainers.image.revision': 'r' }
  expect(await wrong(revision)).toHaveLength(names.length - 1)
  const other = { ...revision, 'org.opencontainers.image.title': 'candor-web' }
  expect(await wrong(other)).toContain('title "candor-web"')
})

test('a service that drops a call when it is told to stop is found out', async () => {
  const server = createServer((request, response) => request.on('end', () => response.end()).resume())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const dropped = problemsOfCalls('chat', port, async () => server.closeAllConnections())
  await expect(dropped).rejects.toThrow(/socket hang up|ECONNRESET/)
  const answered = await problemsOfCalls('chat', port, async () => {})
  expect(answered).toEqual(['answers 200 and not 401 to a call that it is in the middle of'])
})
