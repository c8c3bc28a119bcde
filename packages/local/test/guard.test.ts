import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guard } from '../src/processes/guard.ts'
import { processIdentity } from '../src/processes/identity.ts'
import { waitUntil } from '../src/processes/wait-until.ts'
import { temporaryFolder } from './folder.ts'

test.each(['SIGKILL', 'SIGINT'] as const)(
  'a process ended by %s leaves neither its server nor its folder behind',
  async (signal) => {
    using temporary = temporaryFolder()
    const folder = join(temporary.path, 'store')
    const program = join(import.meta.dirname, 'guarded.ts')
    const holder = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(holder.stdout, 'data')
    const serverPid = Number(line)
    expect(processIdentity(serverPid)).toBeDefined()
    holder.kill(signal)
    await waitUntil('the end of the server', () => processIdentity(serverPid) === undefined)
    await waitUntil('the end of the folder', () => !existsSync(folder))
  },
)

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
