import { setTimeout as delay } from 'node:timers/promises'
import { describeExit } from './child.ts'
import type { Exit } from './child.ts'

/** Starts a server and, whenever it ends unasked, starts it again, until it is stopped or all that it belongs to begins to. */
export async function keepServer<S extends Server>(options: KeepOptions<S>): Promise<KeptServer<S>> {
  const { name, start, report, children } = options
  const stop = new AbortController()
  const stopping = AbortSignal.any([stop.signal, options.stopping ?? stop.signal])
  let server = await startNoted()
  const keeping = keep()

  async function startNoted(): Promise<S> {
    const started = await start()
    children.add(started.pid)
    return started
  }

  async function keep(): Promise<void> {
    for (;;) {
      const exit = await server.exited
      children.remove(server.pid)
      if (stopping.aborted) return
      report(`${name} ended with ${describeExit(exit)}; starting it again`)
      await restart()
      if (stopping.aborted) return
      report(`${name} is ready again`)
    }
  }

  async function restart(): Promise<void> {
    for (let waitMs = 100; !stopping.aborted; waitMs = Math.min(waitMs * 2, 5_000)) {
      try {
        server = await startNoted()
        return
      } catch (error) {
        if (!stopping.aborted) report(`${name} does not start: ${(error as Error).message}`)
        await delay(waitMs, undefined, { signal: stopping }).catch(() => {})
      }
    }
  }

  return {
    server,
    async stop(deadlineMs) {
      stop.abort()
      await server.stop(deadlineMs)
      await keeping
      // Another, where it was just being started again.
      await server.stop(deadlineMs)
    },
  }
}

interface Server {
  readonly pid: number
  readonly exited: Promise<Exit>
  stop(deadlineMs?: number): Promise<void>
}

interface KeepOptions<S> {
  name: string
  /** Called again after each crash; must come up at the same address. */
  start: () => Promise<S>
  report: (line: string) => void
  children: { add: (pid: number) => void; remove: (pid: number) => void }
  /** From then on it may end. */
  stopping?: AbortSignal
}

export interface KeptServer<S> {
  /** As it was started first. */
  readonly server: S
  stop(deadlineMs: number): Promise<void>
}
