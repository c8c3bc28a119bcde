import { waitUntil } from '@candor/local/processes/wait-until'
import { problemsOfCalls } from './calls.ts'
import { freedoms, residentBytes } from './confinement.ts'
import { askOperations, runJob, startContainer } from './container.ts'
import type { Container } from './container.ts'
import { manifestFlags } from './manifest-flags.ts'
import type { Platform } from './platform.ts'
import type { Storage } from './storage.ts'

/** Runs a service's image as its manifest does, from its migration to its end, and answers what was wrong and seen. */
export async function checkService(storage: Storage, platform: Platform, one: OfService): Promise<Seen> {
  const seen = [await runOnce(storage, platform, one)]
  // Other work on the machine delays a start; nothing hastens one.
  while (seen.at(-1)!.readyMs > readyMsMax && seen.length < 3)
    seen.push(await runOnce(storage, platform, one))
  const last = seen.at(-1)!
  const late = last.readyMs > readyMsMax ? ['is not ready within two seconds, in three starts'] : []
  return { ...last, problems: [...seen.flatMap(({ problems }) => problems), ...late] }
}

async function runOnce(storage: Storage, platform: Platform, one: OfService): Promise<Seen> {
  const container = await startService(storage, platform, one)
  try {
    return await watch(container, platform.doors(one.service), one.service)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${await container.log()}`, { cause: error })
  } finally {
    await container.remove()
  }
}

/** Migrates, and starts. */
export async function startService(
  storage: Storage,
  platform: Platform,
  { service, image }: OfService,
): Promise<Container> {
  if (service !== 'web') {
    const as = manifestFlags('components/postgres/migrate.yaml')
    const settings = platform.migrate(service)
    await runJob(storage, { name: `${service}-migrate`, image, as, settings, program: ['migrate.mjs'] })
  }
  return startContainer(storage, { name: service, image, as: running, settings: platform.main(service) })
}

const running = manifestFlags('base/deployment.yaml')

interface OfService {
  readonly service: string
  readonly image: string
}

async function watch(
  container: Container,
  doors: { http: number; operations: number },
  service: string,
): Promise<Seen> {
  const readiness = async () => (await askOperations(doors.operations, '/readyz')).status
  await waitUntil('being ready', async () => (await readiness()) === 200)
  const readyMs = performance.now() - container.startedAtMs
  const { status } = await askOperations(doors.operations, '/healthz')
  const pid = await container.pid()
  const problems = [
    ...(status === 200 ? [] : [`says ${status} of its health`]),
    ...freedoms(pid, running).map((freedom) => `has ${freedom}`),
  ]
  const usedBytes = residentBytes(pid)
  let stoppedAtMs = 0
  problems.push(
    ...(await problemsOfCalls(service, doors.http, async () => {
      stoppedAtMs = performance.now()
      await container.terminate()
      await waitUntil('stopping', async () => (await readiness()) === 503)
    })),
  )
  const exitCode = await container.exitCode()
  if (exitCode !== 0) problems.push(`ends with ${exitCode} on SIGTERM`)
  return { problems, readyMs, usedBytes, drainMs: performance.now() - stoppedAtMs }
}

const readyMsMax = 2_000

export interface Seen {
  readonly problems: readonly string[]
  readonly readyMs: number
  readonly drainMs: number
  /** Of its memory, right after the start. */
  readonly usedBytes: number
}
