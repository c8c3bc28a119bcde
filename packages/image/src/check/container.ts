import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitUntil } from '@candor/local/processes/wait-until'
import type { ManifestFlags } from './manifest-flags.ts'
import type { Settings } from './platform.ts'
import type { Storage } from './storage.ts'

/** Runs one of an image's programs to its end; throws what it said when that is not a good one. */
export async function runJob(storage: Storage, job: Run & { program: readonly string[] }): Promise<void> {
  const args = await runArgs(storage, job)
  await storage.podman('run', '--rm', ...args, job.image, ...job.program)
}

/** Starts an image's own program. */
export async function startContainer(storage: Storage, run: Run): Promise<Container> {
  const { podman } = storage
  const log = join(storage.folder, `${run.name}.log`)
  const kept = ['--log-driver', 'k8s-file', '--log-opt', `path=${log}`]
  const id = await podman('create', ...kept, ...(await runArgs(storage, run)), run.image)
  const startedAtMs = performance.now()
  await podman('start', id)
  return {
    startedAtMs,
    pid: async () => Number(await podman('inspect', id, '--format', '{{.State.Pid}}')),
    terminate: async () => void (await podman('kill', '--signal', 'TERM', id)),
    exitCode: async () => Number(await podman('wait', id)),
    remove: async () => void (await podman('rm', '--force', id)),
    log: () => readFile(log, 'utf8'),
  }
}

/** What the operations door answers, once it answers at all. */
export async function askOperations(port: number, path: string): Promise<{ status: number; text: string }> {
  return waitUntil(
    `an answer at ${path}`,
    async () => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
      return response && { status: response.status, text: await response.text() }
    },
    { deadlineMs: 15_000, everyMs: 10 },
  )
}

/** Machines without CAP_SYS_RESOURCE refuse podman's own limits, which are higher than theirs. */
const limits = ['--ulimit', 'nofile=1024:4096', '--ulimit', 'nproc=1024:1024', '--pids-limit', '256']

async function runArgs(storage: Storage, { as, settings, files, name }: Run): Promise<string[]> {
  const folder = join(storage.folder, `credentials-${name}`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  for (const [secret, value] of Object.entries(settings.credentials)) {
    await writeFile(join(folder, secret), value, { mode: 0o440 })
    await chown(join(folder, secret), as.uid, as.uid)
  }
  const variables = { ...settings.variables, CREDENTIALS_DIRECTORY: '/run/credentials' }
  return [
    ...['--network', 'host', ...limits, ...as.flags],
    ...Object.entries(variables).flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
    ...Object.entries({ ...files, [folder]: '/run/credentials' }).flatMap(([from, to]) => [
      '--volume',
      `${from}:${to}:ro`,
    ]),
  ]
}

interface Run {
  readonly name: string
  readonly image: string
  readonly as: ManifestFlags
  readonly settings: Settings
  /** What else is mounted: from where, to where. */
  readonly files?: Readonly<Record<string, string>>
}

export interface Container {
  readonly startedAtMs: number
  pid(): Promise<number>
  terminate(): Promise<void>
  exitCode(): Promise<number>
  remove(): Promise<void>
  log(): Promise<string>
}
