import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** Takes connections, as the kernel does for a process that hangs, and answers none. Its port, for the time of a test. */
export async function startSilent(): Promise<number> {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => void silent.close())
  return (silent.address() as AddressInfo).port
}
