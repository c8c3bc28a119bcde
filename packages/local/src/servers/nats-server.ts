import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describeExit, startChild } from '../processes/child.ts'
import type { Exit } from '../processes/child.ts'
import { freePorts } from '../processes/free-port.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { findNatsServer } from './find-nats-server.ts'

/** Starts nats-server with JetStream on a loopback port; without a configuration everybody may do everything. */
export async function startNats(options: NatsOptions): Promise<NatsServer> {
  const { storeDir, log = () => {} } = options
  mkdirSync(storeDir, { recursive: true })
  const command = options.binary ?? (await findNatsServer())
  const port = options.port ?? (await freePorts(1))[0]!
  const args = ['-a', '127.0.0.1', '-p', String(port)]
  if (options.configText === undefined) args.push('-js', '-sd', storeDir)
  else args.push('-c', writeNatsConfig(storeDir, options.configText))
  if (options.configFile) args.push('-c', options.configFile)
  const output: string[] = []
  const onOutput = (chunk: Buffer) => {
    output.push(chunk.toString())
    log(chunk.toString().trimEnd())
  }
  const child = await startChild({ command, args, env: {}, cwd: storeDir, onOutput })
  let exit: Exit | undefined
  void child.exited.then((reached) => (exit = reached))
  const answer = await waitUntil(
    'nats-server being ready',
    async () => exit ?? ((await greets(port)) && 'ready'),
  )
  if (answer !== 'ready')
    throw new Error(`nats-server ended with ${describeExit(answer)}:\n${output.join('')}`)
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: child.pid,
    exited: child.exited,
    stop: async (deadlineMs = 5_000) => void (await child.stop('SIGTERM', deadlineMs)),
  }
}

/** The server's first line tells whether JetStream is up. */
async function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 })
    const settle = (isUp: boolean) => {
      resolve(isUp)
      socket.destroy()
    }
    socket.once('data', (line) => settle(line.toString().includes('"jetstream":true')))
    socket.once('error', () => settle(false)).once('timeout', () => settle(false))
  })
}

/**
 * It names every user's public key and permission, and no secret. Told of JetStream by its arguments, a server that reads
 * its file again would switch it off.
 */
export function writeNatsConfig(storeDir: string, text: string): string {
  const path = join(storeDir, 'nats-server.conf')
  writeFileSync(path, `${text}\njetstream { store_dir: ${JSON.stringify(storeDir)} }\n`, { mode: 0o600 })
  return path
}

export interface NatsOptions {
  storeDir: string
  configText?: string
  configFile?: string
  /** A free one by default. */
  port?: number
  /** What `findNatsServer` finds by default. */
  binary?: string
  log?: (line: string) => void
}

export interface NatsServer {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly exited: Promise<Exit>
  stop(deadlineMs?: number): Promise<void>
}
