import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/** The service as a process of its own, which can be killed. Its clock runs `offsetMs` ahead. */
export function startProcess(config: object, offsetMs: number): ChildProcess {
  const settings = { ...config, CLOCK_OFFSET_MS: offsetMs, LOG_LEVEL: process.env.TEST_LOG ?? 'silent' }
  const env = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? value.toString('base64') : String(value),
    ]),
  )
  const main = new URL('../src/main.ts', import.meta.url).pathname
  return spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}
