import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { natsServerConfig } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { provisionStreams } from '@candor/events/provision-streams'
import { keepServer } from '@candor/local/processes/keep-server'
import { startNats } from '@candor/local/servers/nats-server'
import { startPostgres } from '@candor/local/servers/postgres-server'
import { natsPublicKeys } from '@candor/local/stack/secrets'
import type { Secrets } from '@candor/local/stack/secrets'
import { createLogger } from '@candor/runtime/logger'
import { connectNats } from '@candor/runtime/nats'
import { provisionDatabase } from '@candor/runtime/provision-database'
import { freePorts } from '@candor/local/processes/free-port'
import { guardChild } from './guard-children.ts'
import type { Guarded } from './guard-children.ts'

/** PostgreSQL as a business would run it, with nothing of its durability given up; started again whenever it ends. */
export async function startDatabases(folder: string, secrets: Secrets, report: Report): Promise<Databases> {
  const children = guardChild(folder)
  const [port] = (await freePorts(1)) as [number]
  const start = () => startPostgres({ dataDir: join(folder, 'postgres'), port })
  const kept = await keepServer({ name: 'postgres', report, children, start })
  for (const service of services) {
    const { app, migrator } = secrets.databasePasswords[service]
    await provisionDatabase(kept.server.url, { service, appPassword: app, migratorPassword: migrator })
  }
  return { children, url: kept.server.url, stop: () => kept.stop(10_000) }
}

export interface Databases {
  children: Guarded
  /** As superuser. */
  url: string
  stop(): Promise<void>
}

/** NATS with the streams of the platform; started again whenever it ends. */
export async function startBroker(folder: string, secrets: Secrets, report: Report): Promise<Broker> {
  const children = guardChild(folder)
  const [port] = (await freePorts(1)) as [number]
  const storeDir = join(folder, 'nats')
  const copy = join(folder, 'nats-copy')
  let tamper: (() => Promise<void>) | undefined = async () => {}
  const start = async () => {
    await tamper?.()
    const server = await startNats({ storeDir, port, configText: natsServerConfig(natsPublicKeys(secrets)) })
    if (tamper) await provision(server.url)
    tamper = undefined
    return server
  }
  const connectAs = (user: NatsUser, url: string) =>
    connectNats({ url, seed: secrets.natsSeeds[user], name: user, log: silent })
  const provision = async (url: string) => {
    const admin = await connectAs('admin', url)
    await provisionStreams(admin).finally(() => admin.close())
  }
  const kept = await keepServer({ name: 'nats', report, children, start })
  const kill = (before: () => Promise<void>) => {
    tamper = before
    const pid = children.pid()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }
  return {
    children,
    url: kept.server.url,
    connectAs: (user) => connectAs(user, kept.server.url),
    copyStore: () =>
      kill(async () => {
        await rm(copy, { recursive: true, force: true })
        await cp(storeDir, copy, { recursive: true })
      }),
    deleteStore: () => kill(() => rm(storeDir, { recursive: true })),
    rollBackStore: () =>
      kill(async () => {
        await rm(storeDir, { recursive: true })
        await cp(copy, storeDir, { recursive: true })
      }),
    stop: () => kept.stop(5_000),
  }
}

const silent = createLogger({ service: 'test', level: 'silent' })

type Report = (line: string) => void

export interface Broker {
  children: Guarded
  url: string
  connectAs(user: NatsUser): ReturnType<typeof connectNats>
  /** Each kills the server, and does this to its files before it is started again. */
  copyStore(): void
  deleteStore(): void
  rollBackStore(): void
  stop(): Promise<void>
}
