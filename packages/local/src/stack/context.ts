import type { LocalConfig } from '../config.ts'
import type { rememberChildren } from '../processes/leftovers.ts'
import type { Ports } from './ports.ts'
import type { Secrets } from './secrets.ts'

/** What every part of the stack is started with. */
export interface Context {
  readonly config: LocalConfig
  readonly progress: Progress
  readonly secrets: Secrets
  readonly ports: Ports
  readonly children: ReturnType<typeof rememberChildren>
  /** Each part that starts registers its stop, which is given the time that is left. */
  readonly stops: Stops
  /** Aborts once the stack begins to stop. */
  readonly stopping: AbortSignal
}

/** How the stack tells what it does. */
export interface Progress {
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  report(line: string): void
}

/** Programs stop before the servers they use, and those before the doors in front of everything. */
export interface Stops {
  readonly doors: Stop[]
  readonly servers: Stop[]
  readonly programs: Stop[]
}

type Stop = (deadlineMs: number) => Promise<unknown>

/** Stops what has started, within the time that somebody at a terminal waits. */
export async function stopAll({ programs, servers, doors }: Stops): Promise<void> {
  const endsAt = Date.now() + stopMs
  await runAll(programs, stopMs - serversMs)
  await runAll(servers, endsAt - Date.now())
  await runAll(doors, 0)
}

async function runAll(stops: Stop[], deadlineMs: number): Promise<void> {
  await Promise.allSettled(stops.map((stop) => stop(deadlineMs)))
}

const stopMs = 4_600
/** What of it is kept for PostgreSQL, which writes everything down before it ends. */
const serversMs = 1_800
