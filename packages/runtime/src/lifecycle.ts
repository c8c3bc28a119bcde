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
    for (const { name, stop } of stops.toReversed()) {
      try {
        await Promise.race([stop(), tooLate(name)])
      } catch (err) {
        log.error({ err, stop: name }, 'stop failed')
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

function tooLate(name: string): Promise<never> {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`${name} took too long`)), stopDeadlineMs).unref(),
  )
}

/** Runs until SIGTERM or SIGINT, then stops; a stop that takes longer than `deadlineMs` is cut with exit code 1. */
export async function runUntilSignal(
  log: Log,
  start: (lifecycle: Lifecycle) => Promise<void>,
  deadlineMs = 25_000,
) {
  const lifecycle = createLifecycle(log)
  const signalled = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
  })
  try {
    await start(lifecycle)
    log.info({ signal: await signalled }, 'stopping')
  } catch (err) {
    log.fatal({ err }, 'start failed')
    process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`)
    process.exitCode = 1
  }
  setTimeout(() => process.exit(1), deadlineMs).unref()
  await lifecycle.stop()
}

export interface Lifecycle extends AsyncDisposable {
  /** Aborted when stopping begins: loops, timers and long waits end with it. */
  readonly signal: AbortSignal
  onStop(name: string, stop: () => unknown): void
  stop(): Promise<void>
}
