import { fork } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { guard } from '@candor/local/processes/guard'

/**
 * Starts a script as a process of its own, with what it writes going to a file. Whatever ends this process ends it too.
 * Resolves once `isReady` does, or once the script says that it is ready.
 */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { script, folder, name } = options
  const logFile = join(folder, `${name}.log`)
  const output = openSync(logFile, 'a')
  const child = fork(script, {
    env: { PATH: process.env.PATH, ...options.env },
    execArgv: options.nodeOptions ?? [],
    stdio: ['ignore', output, output, 'ipc'],
    // Out of reach of the terminal's Ctrl-C: we say when it ends.
    detached: true,
  })
  const pid = child.pid!
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const release = guard({ pid, folder })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const broke = exited.then(() => {
    throw new Error(`${name} has ended:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`)
  })
  broke.catch(() => {})

  const asked = new Map<number, { resolve(answer: any): void; reject(err: Error): void }>()
  const said = Promise.withResolvers<void>()
  child.on('message', (message: { ready?: true; id: number; answer?: unknown; error?: string }) => {
    if (message.ready) return said.resolve()
    const waiting = asked.get(message.id)
    asked.delete(message.id)
    if (message.error === undefined) waiting?.resolve(message.answer)
    else waiting?.reject(new Error(`${name}: ${message.error}`))
  })
  await Promise.race([options.isReady ? options.isReady() : said.promise, broke])
  let next = 0
  return {
    pid,
    ask: (job, given) => {
      const id = next++
      const answer = new Promise<any>((resolve, reject) => asked.set(id, { resolve, reject }))
      child.send({ id, job, given })
      return Promise.race([answer, broke])
    },
    async [Symbol.asyncDispose]() {
      const late = setTimeout(kill, 15_000)
      child.kill('SIGTERM')
      await exited
      clearTimeout(late)
      process.removeListener('exit', kill)
      await release()
    },
  }
}

export interface ProgramOptions {
  name: string
  script: string
  /** Where its output goes. */
  folder: string
  env: Record<string, string>
  nodeOptions?: string[]
  isReady?: () => Promise<unknown>
}

export interface Program extends AsyncDisposable {
  readonly pid: number
  /** Has one of the program's jobs done (`serveJobs`). */
  ask(job: string, given: unknown): Promise<any>
}
