import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { guard } from '../src/processes/guard.ts'
import { guardedFolder } from '../src/processes/guarded-folder.ts'
import { processIdentity } from '../src/processes/identity.ts'
import { waitUntil } from '../src/processes/wait-until.ts'
import { temporaryFolder } from './folder.ts'

test.each(['SIGKILL', 'SIGINT'] as const)(
  'a process ended by %s leaves neither its server nor its folder behind, nor data that had to stand elsewhere',
  async (signal) => {
    await using holder = await startHolder()
    const serverPid = Number(await holder.nextLine())
    expect(processIdentity(serverPid)).toBeDefined()
    const place = holder.place()
    expect(existsSync(place)).toBe(true)
    holder.kill(signal)
    await waitUntil('the end of the server', () => processIdentity(serverPid) === undefined)
    await waitUntil('the end of the folder', () => !existsSync(holder.folder) && !existsSync(place))
  },
)

test('a process ended while PostgreSQL makes its files leaves none of them behind', async () => {
  await using holder = await startHolder()
  await waitUntil('the first files', () => existsSync(`${holder.place()}.new`), { everyMs: 2 })
  const place = holder.place()
  holder.kill('SIGKILL')
  await waitUntil('the end of the folder', () => !existsSync(holder.folder))
  await waitUntil('the end of the data', () => !existsSync(place) && !existsSync(`${place}.new`))
})

test('a folder that is disposed of is gone, with data that had to stand elsewhere', async () => {
  using elsewhere = temporaryFolder()
  const folder = guardedFolder('guarded')
  symlinkSync(elsewhere.path, join(folder.path, 'postgres'))
  await folder[Symbol.asyncDispose]()
  expect([folder.path, elsewhere.path].filter((path) => existsSync(path))).toEqual([])
})

test('who says that it tidied up itself is not tidied up after', async () => {
  using temporary = temporaryFolder()
  const folder = join(temporary.path, 'store')
  mkdirSync(folder)
  const server = spawn('sleep', ['60'], { stdio: 'ignore' })
  try {
    const release = guard({ pid: server.pid!, folder })
    await release()
    expect(processIdentity(server.pid!)).toBeDefined()
    expect(existsSync(folder)).toBe(true)
  } finally {
    server.kill('SIGKILL')
  }
})

/** In a folder that only we may enter, so that root has to put PostgreSQL's data elsewhere. */
async function startHolder() {
  const temporary = temporaryFolder()
  chmodSync(temporary.path, 0o700)
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'guarded.ts')], {
    env: { ...process.env, TMPDIR: temporary.path },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(holder.stdout)[Symbol.asyncIterator]()
  const nextLine = async () => (await lines.next()).value as string
  const folder = await nextLine()
  return {
    folder,
    nextLine,
    place() {
      const dataDir = join(folder, 'postgres')
      return lstatSync(dataDir, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(dataDir) : dataDir
    },
    kill: (signal: NodeJS.Signals) => holder.kill(signal),
    async [Symbol.asyncDispose]() {
      if (holder.exitCode === null && holder.signalCode === null) {
        holder.kill('SIGKILL')
        await once(holder, 'exit')
      }
      temporary[Symbol.dispose]()
    },
  }
}
