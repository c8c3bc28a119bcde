import { readFileSync } from 'node:fs'
import { waitUntil } from '@candor/local/processes/wait-until'

/** Node's options of a process that can be told to. */
export const inspected = ['--inspect=127.0.0.1:0']

/** Has a process give back memory that it no longer uses, so that what it holds can be compared. */
export async function collectGarbage(logFile: string): Promise<void> {
  const url = await waitUntil('the inspector', () => /ws:\/\/\S+/.exec(readFileSync(logFile, 'utf8'))?.[0])
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  const collected = new Promise((resolve) => (socket.onmessage = resolve))
  socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }))
  await collected
  socket.close()
}
