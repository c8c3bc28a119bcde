import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/**
 * Starts a child in a process group of its own, so that Ctrl-C in the terminal reaches only us and we decide the
 * order in which things end. Resolves once it runs; throws if it cannot be started.
 */
export async function startChild(spec: ChildSpec): Promise<Child> {
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    uid: spec.user?.uid,
    gid: spec.user?.gid,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  child.stdout.on('data', spec.onOutput)
  child.stderr.on('data', spec.onOutput)
  endWithUs(child, exited)
  return {
    pid: child.pid!,
    exited,
    async stop(signal, deadlineMs) {
      child.kill(signal)
      const late = setTimeout(() => killGroup(child), deadlineMs)
      const exit = await exited
      clearTimeout(late)
      return exit
    },
  }
}

/** Reads as `exit code 1` or `signal SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code}`
}

/** Whatever ends this process, an uncaught error included, no child is left behind. */
function endWithUs(child: ChildProcess, exited: Promise<Exit>): void {
  running.add(child)
  void exited.then(() => running.delete(child))
  if (running.size === 1 && !process.listeners('exit').includes(killRunning)) process.on('exit', killRunning)
}

const running = new Set<ChildProcess>()

function killRunning(): void {
  for (const child of running) killGroup(child)
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL')
  } catch {
    // It ended in this moment.
  }
}

export interface ChildSpec {
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  cwd?: string
  user?: { uid: number; gid: number }
  onOutput: (chunk: Buffer) => void
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Child {
  readonly pid: number
  readonly exited: Promise<Exit>
  /** Sends `signal` and, once `deadlineMs` have passed, SIGKILL to its whole group. */
  stop(signal: NodeJS.Signals, deadlineMs: number): Promise<Exit>
}
