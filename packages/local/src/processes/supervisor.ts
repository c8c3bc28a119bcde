import { setTimeout as delay } from 'node:timers/promises'
import { describeExit, startChild } from './child.ts'
import type { Child, ChildSpec, Exit } from './child.ts'
import { openLogFile } from './log-file.ts'
import type { LogFile } from './log-file.ts'
import { waitUntil } from './wait-until.ts'

/** Runs programs of ours: collects what they write, waits until they are ready and starts those again that end. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { backoffMs = { first: 250, most: 10_000 }, report } = options
  const stopping = new AbortController()
  const kept: { name: string; child: Child; keeping: Promise<void> }[] = []
  const logs: LogFile[] = []

  function openLog(name: string): LogFile {
    const log = openLogFile(`${options.logDir}/${name}.log`)
    logs.push(log)
    return log
  }

  async function launch(program: Program, log: LogFile): Promise<Child> {
    stopping.signal.throwIfAborted()
    const { command, args, cwd, env } = program
    const child = await startChild({ command, args, cwd, env, onOutput: log.write })
    options.children?.add(child.pid)
    void child.exited.then(() => options.children?.remove(child.pid))
    return child
  }

  /** Starts it again whenever it ends, waiting longer each time, until it has been ready for a while. */
  async function keep(program: Program, log: LogFile, entry: { child: Child }): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      const startedAt = Date.now()
      const exit = await entry.child.exited
      if (stopping.signal.aborted) return
      if (Date.now() - startedAt > steadyMs) failures = 0
      const retryMs = Math.min(backoffMs.first * 2 ** failures, backoffMs.most)
      report(`${program.name} ended with ${describeExit(exit)}; starting it again. Its log: ${log.path}`)
      await delay(retryMs, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      entry.child = await launch(program, log)
      void ready(program, entry.child, log).then(
        () => report(`${program.name} is ready again`),
        () => {},
      )
    }
  }

  async function stopOne({ name, child }: { name: string; child: Child }, deadlineMs: number): Promise<void> {
    const { signal } = await child.stop('SIGTERM', deadlineMs)
    if (signal === 'SIGKILL') report(`${name} did not end in time and was killed`)
  }

  return {
    async run(program) {
      const log = openLog(program.name)
      const child = await launch(program, log)
      const entry = { name: program.name, child, keeping: Promise.resolve() }
      kept.push(entry)
      const exit = await child.exited
      kept.splice(kept.indexOf(entry), 1)
      if (exit.code !== 0) throw endedError(program.name, exit, log)
    },
    async start(program) {
      const log = openLog(program.name)
      const entry = { name: program.name, child: await launch(program, log), keeping: Promise.resolve() }
      kept.push(entry)
      await ready(program, entry.child, log)
      entry.keeping = keep(program, log, entry)
    },
    async stop(deadlineMs) {
      stopping.abort()
      await Promise.all(kept.map((entry) => stopOne(entry, deadlineMs)))
      await Promise.all(kept.map(({ keeping }) => keeping))
      for (const log of logs.splice(0)) log.close()
    },
  }
}

async function ready(program: Program, child: Child, log: LogFile): Promise<void> {
  let exit: Exit | undefined
  void child.exited.then((reached) => (exit = reached))
  const answer = await waitUntil(
    `${program.name} being ready`,
    async () => exit ?? ((await answersOk(program.readyUrl)) && 'ready'),
    { deadlineMs: program.startDeadlineMs ?? 30_000, everyMs: 40 },
  ).catch((error) => {
    throw new Error(`${error.message}. The end of its log, ${log.path}:\n${log.tail(12)}`)
  })
  if (answer !== 'ready') throw endedError(program.name, answer, log)
}

async function answersOk(url: string | undefined): Promise<boolean> {
  if (url === undefined) return true
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  await response?.body?.cancel()
  return response?.ok ?? false
}

function endedError(name: string, exit: Exit, log: LogFile): Error {
  return new Error(
    `${name} ended with ${describeExit(exit)}. The end of its log, ${log.path}:\n${log.tail(12)}`,
  )
}

/** A program that ran this long was fine; its next crash starts the waiting anew. */
const steadyMs = 30_000

export interface SupervisorOptions {
  /** Each program writes to `<name>.log` in it. */
  logDir: string
  /** Where news about crashes goes. */
  report: (line: string) => void
  /** Notes which processes run, for the case of our own sudden death. */
  children?: { add: (pid: number) => void; remove: (pid: number) => void }
  backoffMs?: { first: number; most: number }
}

export interface Program extends Pick<ChildSpec, 'command' | 'args' | 'cwd' | 'env'> {
  name: string
  /** Answers with 200 once it can do its work. */
  readyUrl?: string
  startDeadlineMs?: number
}

export interface Supervisor {
  /** Runs a program to its end; throws unless it ends well. */
  run(program: Program): Promise<void>
  /** Starts a program and resolves once it is ready; one that ends before is an error. */
  start(program: Program): Promise<void>
  /** Asks every program to end and, after `deadlineMs`, ends those that did not. */
  stop(deadlineMs: number): Promise<void>
}
