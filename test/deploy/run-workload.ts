import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Installation, Workload } from './installation.ts'

/**
 * The command that a workload's container runs, with the variables of the render and the files that it mounts.
 * `secrets` has the contract secrets; `elsewhere` says what on this machine is not where it is in a cluster.
 */
export function commandOf(installation: Installation, name: string, given: Given): Command {
  const workload = installation.workloads.find((one) => one.name.startsWith(name))
  if (!workload) throw new Error(`nothing is called ${name}`)
  const { variables, files } = installation.environmentOf(workload)
  const credentials = mkdtempSync(join(given.folder, 'credentials-'))
  for (const { secret, key, path } of files)
    writeFileSync(join(credentials, path), given.secrets[secret]![key]!)
  return {
    args: programOf(workload),
    env: { ...variables, ...given.elsewhere, CREDENTIALS_DIRECTORY: credentials },
  }
}

/** Runs the command of a Job, or of one that is scheduled, once. */
export async function runJob(installation: Installation, name: string, given: Given): Promise<void> {
  const { args, env } = commandOf(installation, name, given)
  await promisify(execFile)(process.execPath, args, { env })
}

/** Starts a Deployment's process. */
export function startProcess(installation: Installation, name: string, given: Given) {
  const { args, env } = commandOf(installation, name, given)
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** The sources of the bundle that the image runs. */
function programOf({ labels, container }: Workload): string[] {
  const [bundle = 'main.mjs', ...args] = container.args ?? []
  const service = labels['app.kubernetes.io/name']!.replace(/-migrate$/, '')
  const source = bundle.replace(/\.mjs$/, '.ts')
  const folder = source === 'provision.ts' ? 'packages/service' : `services/${service}`
  return [join(import.meta.dirname, '../..', folder, 'src', source), ...args]
}

interface Command {
  readonly args: string[]
  readonly env: Record<string, string>
}

export interface Given {
  /** Where it may leave files. */
  readonly folder: string
  readonly secrets: Record<string, Record<string, string>>
  readonly elsewhere?: Record<string, string>
}
