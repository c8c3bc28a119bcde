import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describeExit, startChild } from '../processes/child.ts'
import type { Child, Exit } from '../processes/child.ts'
import { freePorts } from '../processes/free-port.ts'
import { processIdentity } from '../processes/identity.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { clusterEnvironment, getPassword, initCluster } from './postgres-cluster.ts'
import { placePostgres } from './postgres-place.ts'
import type { PostgresPlace } from './postgres-place.ts'

/**
 * Starts PostgreSQL on a loopback port, on a new cluster if there is none. Works as root too. `fast` gives up
 * durability and is for tests.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { fast = false, log = () => {} } = options
  const place = placePostgres(options.dataDir, options.notice ?? log)
  await initCluster(place, { fast })
  await endFormerServer(place.dataDir)
  const { child, port } = await startUntilReady(place, { port: options.port, fast, log })
  return {
    url: `postgres://postgres:${getPassword(place)}@127.0.0.1:${port}/postgres`,
    port,
    pid: child.pid,
    exited: child.exited,
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
    stop: async (deadlineMs = 10_000) => void (await child.stop('SIGINT', deadlineMs)),
  }
}

/** A server that was killed a moment ago still holds its memory while its last backends notice: try again. */
async function startUntilReady(
  place: PostgresPlace,
  options: StartOptions,
): Promise<{ child: Child; port: number }> {
  const endsAt = Date.now() + 10_000
  for (;;) {
    const port = options.port ?? (await freePorts(1))[0]!
    const output: string[] = []
    const onOutput = (chunk: Buffer) => {
      const text = chunk.toString()
      output.push(text)
      options.log(text.trimEnd())
    }
    const child = await startChild({
      command: join(place.native, 'bin/postgres'),
      args: ['-D', place.dataDir, ...settings(port, options.fast).flatMap((setting) => ['-c', setting])],
      // The folder it is started in may be out of its uid's reach.
      cwd: '/',
      env: clusterEnvironment,
      user: place.user,
      onOutput,
    })
    const end = await readyOrExit(place.dataDir, child)
    if (end === 'ready') return { child, port }
    const said = output.join('')
    const passing =
      /still in use|lock file .* (is empty|already exists)/.test(said) ||
      (!options.port && /could not bind/i.test(said))
    if (!passing || Date.now() > endsAt)
      throw new Error(`PostgreSQL ended with ${describeExit(end)}:\n${said}`)
    await delay(200)
  }
}

/** The server writes its state into its pid file; recovery after a crash may take a while. */
async function readyOrExit(dataDir: string, child: Child): Promise<'ready' | Exit> {
  let exit: Exit | undefined
  void child.exited.then((reached) => (exit = reached))
  const isReady = () => {
    const lines = readPidFile(dataDir)
    return lines?.[0] === String(child.pid) && lines[7]?.trim() === 'ready'
  }
  return waitUntil('PostgreSQL being ready', () => exit ?? (isReady() && 'ready'), { deadlineMs: 60_000 })
}

/**
 * A server that outlived its parent is stopped. A pid file whose number now belongs to some other program, which can
 * happen after a restart of the machine, would make PostgreSQL refuse to start, so it is removed.
 */
async function endFormerServer(dataDir: string): Promise<void> {
  const pid = Number(readPidFile(dataDir)?.[0])
  if (!pid || !processIdentity(pid)) return
  if (!isServerOf(dataDir, pid)) return rmSync(join(dataDir, 'postmaster.pid'))
  process.kill(pid, 'SIGINT')
  await waitUntil(`the end of the former PostgreSQL, process ${pid}`, () => !processIdentity(pid))
}

/** Without /proc we trust the pid file. */
function isServerOf(dataDir: string, pid: number): boolean {
  if (!existsSync('/proc/self/cmdline')) return true
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir)
}

function readPidFile(dataDir: string): string[] | undefined {
  const path = join(dataDir, 'postmaster.pid')
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : undefined
}

function settings(port: number, fast: boolean): string[] {
  return [
    ...['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='],
    ...['max_connections=200', 'shared_buffers=128MB', 'timezone=UTC', 'log_timezone=UTC', 'lc_messages=C'],
    // Statements may hold personal data; their parameters and text stay out of the log.
    ...['log_min_error_statement=panic', 'log_parameter_max_length_on_error=0'],
    ...(fast ? ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'] : []),
  ]
}

interface StartOptions {
  port: number | undefined
  fast: boolean
  log: (line: string) => void
}

export interface PostgresOptions {
  dataDir: string
  /** A free one by default. */
  port?: number
  fast?: boolean
  /** What the server writes. */
  log?: (line: string) => void
  /** What somebody at the terminal should know: that it had to go elsewhere with its files. */
  notice?: (line: string) => void
}

export interface PostgresServer {
  /** As superuser, on the database `postgres`. */
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly exited: Promise<Exit>
  stop(deadlineMs?: number): Promise<void>
}
