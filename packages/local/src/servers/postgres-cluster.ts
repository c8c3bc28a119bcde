import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { give } from './postgres-place.ts'
import type { PostgresPlace } from './postgres-place.ts'

/** Creates the cluster if there is none. A crash half-way leaves nothing that counts as a cluster. */
export async function initCluster(place: PostgresPlace, options: { fast: boolean }): Promise<void> {
  if (existsSync(join(place.dataDir, 'PG_VERSION'))) return
  const draft = `${place.dataDir}.new`
  const passwordFile = `${draft}.password`
  const password = randomBytes(24).toString('base64url')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  give(draft, place.user)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  give(passwordFile, place.user)
  const args = [
    ...['-D', draft, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...[
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
    ...(options.fast ? ['--no-sync'] : []),
  ]
  try {
    // The folder it is started in may be out of its uid's reach.
    await promisify(execFile)(join(place.native, 'bin/initdb'), args, {
      ...place.user,
      cwd: '/',
      env: clusterEnvironment,
    })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeFileSync(join(draft, passwordName), password, { mode: 0o600 })
  renameSync(draft, place.dataDir)
}

/** The superuser's password, which stands with the data and is readable by us alone. */
export function getPassword(place: PostgresPlace): string {
  return readFileSync(join(place.dataDir, passwordName), 'utf8')
}

const passwordName = 'superuser-password'

/** Nothing of ours: a PGDATA or LC_ALL of the user's would change what the server does. */
export const clusterEnvironment = { LC_ALL: 'C', TZ: 'UTC' }
