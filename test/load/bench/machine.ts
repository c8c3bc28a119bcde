import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { findNatsServer } from '@candor/local/servers/find-nats-server'
import { ask } from './grounds.ts'
import type { Grounds } from './grounds.ts'

/** What the figures were measured on, and when. */
export async function tellMachine({ postgresUrl }: Grounds): Promise<string> {
  const cores = cpus()
  const nats = execFileSync(await findNatsServer(), ['--version'], { encoding: 'utf8' })
  const { server_version: postgres } = await ask<{ server_version: string }>(
    postgresUrl,
    'show server_version',
  )
  const date = new Date().toISOString().slice(0, 10)
  return (
    `${date}, ${cores.length} cores (${cores[0]!.model.trim()}), Node ${process.versions.node}, ` +
    `PostgreSQL ${postgres} (fsync on), nats-server ${/[\d.]+/.exec(nats)?.[0]}`
  )
}
