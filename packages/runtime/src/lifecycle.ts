import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from './logger.ts'

/**
 * A process's life as a stack: what starts registers its stop, stops run in reverse order, also after a start that
 * failed half-way. Each stop is given its time and a failing one does not keep the others from running.
 */
export function createLifecycle(log: Log, drainAfterMs = 0): Lifecycle {
  const stops: { name: string; stop: () => unknown }[] = []
  const leaving = new AbortController()
  const ending = new AbortController()
  let stopping: Promise<void> | undefined

  async function runStops() {
    leaving.abort()
    ending.abort()
    for (let next = stops.pop(); next; next = stops.pop()) {
      const { name, stop } = next
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new Error(`${name} took too long`)), stopDeadlineMs)
      try {
        await Promise.race([stop(), late.promise])
      } catch (err) {
        log.error({ err, stop: name }, 'stop failed')
      } finally {
        clearTimeout(timer)
      }
    }
  }

  return {
    log,
    drainAfterMs,
    leaving: leaving.signal,
    signal: ending.signal,
    async leave() {
      leaving.abort()
      await delay(drainAfterMs)
    },
    onStop: (name, stop) => void stops.push({ name, stop }),
    stop: () => (stopping ??= runStops()),
    async [Symbol.asyncDispose]() {
      await this.stop()
    },
  }
}

/** What a stop waits for (a broker that is away, a caller that never reads) must not hold up the stops after it. */
const stopDeadlineMs = 6_000

/**
 * Runs until SIGTERM or SIGINT, then stops, also when the start is still waiting for something. Whoever sends it calls
 * learns late that it stops: for `drainAfterMs` it goes on answering. A stop that takes longer than `deadlineMs` after
 * that is cut with exit code 1.
 */
export async function runUntilSignal(
  log: Log,
  start: (lifecycle: Lifecycle) => Promise<void>,
  { drainAfterMs = 0, deadlineMs = 25_000 }: { drainAfterMs?: number; deadlineMs?: number } = {},
) {
  const lifecycle = createLifecycle(log, drainAfterMs)
  const signalled = new Promise<string>((resolve) => {
    // Every time: by itself the second one ends the process, with calls under way.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve)
  })
  let starting = true
  try {
    const started = start(lifecycle).finally(() => (starting = false))
    const signal = await Promise.race([started.then(() => signalled), signalled])
    log.info({ signal }, 'stopping')
    // One that is not ready yet was sent no calls.
    if (!starting) await lifecycle.leave()
  } catch (err) {
    log.fatal({ err }, 'start failed')
    process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`)
    process.exitCode = 1
  }
  setTimeout(() => process.exit(1), deadlineMs).unref()
  await lifecycle.stop()
  // Nobody tells a start that was overtaken to give up, and what it waits for would keep the process.
  if (starting) process.exit()
}

export interface Lifecycle extends AsyncDisposable {
  /** Of the process: for what belongs to no call. */
  readonly log: Log
  /** For how long calls still come after it has said that it is not ready any more. */
  readonly drainAfterMs: number
  /** Aborted when it is to stop: it is not ready any more, and still answers. */
  readonly leaving: AbortSignal
  /** Aborted when stopping begins: loops, timers and long waits end with it. */
  readonly signal: AbortSignal
  /** Says that it is not ready any more, and resolves once nobody should send it calls. */
  leave(): Promise<void>
  onStop(name: string, stop: () => unknown): void
  stop(): Promise<void>
}
