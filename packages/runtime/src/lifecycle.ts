import type { Log } from './logger.ts'

/**
 * A process's life as a stack: what starts registers its stop, stops run in reverse order, also after a start that
 * failed half-way. Each stop is given its time and a failing one does not keep the others from running.
 */
export function createLifecycle(log: Log): Lifecycle {
  const stops: { name: string; stop: () => unknown }[] = []
  const ending = new AbortController()
  let stopping: Promise<void> | undefined

  async function runStops() {
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
    signal: ending.signal,
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
 * Runs until SIGTERM or SIGINT, then stops, also when the start is still waiting for something; a stop that takes
 * longer than `deadlineMs` is cut with exit code 1.
 */
export async function runUntilSignal(
  log: Log,
  start: (lifecycle: Lifecycle) => Promise<void>,
  deadlineMs = 25_000,
) {
  const lifecycle = createLifecycle(log)
  const signalled = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
  })
  let starting = true
  try {
    const started = start(lifecycle).finally(() => (starting = false))
    const signal = await Promise.race([started.then(() => signalled), signalled])
    log.info({ signal }, 'stopping')
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
  /** Aborted when stopping begins: loops, timers and long waits end with it. */
  readonly signal: AbortSignal
  onStop(name: string, stop: () => unknown): void
  stop(): Promise<void>
}
