import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalConfig } from '../config.ts'
import { endLeftovers, rememberChildren } from '../processes/leftovers.ts'
import { acquireRunLock } from '../processes/run-lock.ts'
import { stopAll } from './context.ts'
import type { Context, Progress } from './context.ts'
import { provideDemoBusiness } from './demo-business.ts'
import type { DemoBusiness } from './demo-business.ts'
import { openDoors } from './open-doors.ts'
import { choosePorts } from './ports.ts'
import type { Parts } from './programs.ts'
import { loadSecrets } from './secrets.ts'
import { startPrograms } from './start-programs.ts'
import { startDatabases, startStreams } from './start-servers.ts'

/** Starts the whole platform on this machine. A start that fails half-way stops what it had started. */
export async function startStack(config: LocalConfig, progress: Progress): Promise<Stack> {
  const { dataDir } = config
  mkdirSync(dataDir, { recursive: true })
  const lock = acquireRunLock(dataDir)
  const stops: Context['stops'] = { programs: [], servers: [], doors: [] }
  const stopping = new AbortController()
  const stop = () => {
    stopping.abort()
    return stopAll(stops).finally(lock.release)
  }
  try {
    const started = await startParts(config, progress, { stops, stopping: stopping.signal })
    return { ...started, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(
  config: LocalConfig,
  progress: Progress,
  ending: Pick<Context, 'stops' | 'stopping'>,
): Promise<Omit<Stack, 'stop'>> {
  const { dataDir } = config
  const childrenNote = join(dataDir, 'children.json')
  const left = await endLeftovers(childrenNote)
  if (left > 0) progress.report(`ended ${left} processes that the last run left behind`)
  const context: Context = {
    config,
    progress,
    ...ending,
    secrets: loadSecrets(dataDir),
    ports: await choosePorts(dataDir),
    children: rememberChildren(childrenNote),
  }
  // First of all, so that a port that is taken is known at once, and an early visitor finds a page that waits.
  const { publicUrl, shopUrl, mails } = await openDoors(context)
  const [databases, streams] = await Promise.allSettled([startDatabases(context), startStreams(context)])
  if (databases.status === 'rejected') throw databases.reason
  if (streams.status === 'rejected') throw streams.reason
  const parts: Parts = {
    ...context,
    publicUrl,
    postgresUrl: databases.value,
    widgetKeyFile: join(dataDir, 'widget-key'),
  }
  await startPrograms(context, parts)
  const demo = await progress.step('demo business', () =>
    provideDemoBusiness({ path: join(dataDir, 'demo.json'), publicUrl, mails }),
  )
  writeFileSync(parts.widgetKeyFile, demo.widgetKey)
  return { publicUrl, shopUrl, paymentsUrl: `http://localhost:${context.ports.payments}`, demo, parts }
}

export interface Stack {
  readonly publicUrl: string
  readonly shopUrl: string
  readonly paymentsUrl: string
  readonly demo: DemoBusiness
  /** Addresses and secrets of the parts, for tests that look behind the public address. */
  readonly parts: Parts
  /** Ends everything in the reverse order of its start. */
  stop(): Promise<void>
}
