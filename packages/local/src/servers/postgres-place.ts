import { createHash } from 'node:crypto'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { rootDir } from '../config.ts'
import { copyPostgres, findPostgres } from './postgres-binaries.ts'

/**
 * Where PostgreSQL runs from and keeps its data, and as whom. It refuses to run as root, so root lends it the uid of
 * the checkout's owner, or of nobody; what that uid cannot reach is placed under /var/lib/candor instead.
 */
export function placePostgres(dataDir: string, log: (line: string) => void): PostgresPlace {
  mkdirSync(dirname(dataDir), { recursive: true })
  const native = findPostgres()
  if (process.getuid?.() !== 0) return { native, dataDir, user: undefined }
  const user = unprivilegedUser()
  return { native: reachableBinaries(native, user, log), dataDir: reachableData(dataDir, user, log), user }
}

/** Deletes a cluster's data wherever it was placed. */
export function removePostgresData(dataDir: string): void {
  if (lstatSync(dataDir, { throwIfNoEntry: false })?.isSymbolicLink()) {
    rmSync(readlinkSync(dataDir), { recursive: true, force: true })
  }
  rmSync(dataDir, { recursive: true, force: true })
}

/** Whether `user` may walk down to `path`; what does not exist yet counts as reachable. */
export function canReach(path: string, user: User): boolean {
  const parent = dirname(path)
  if (parent !== path && !canReach(parent, user)) return false
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isDirectory()) return true
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0
  return (stat.mode & 0o001) !== 0
}

/** PostgreSQL refuses a uid that has no name, as that of a mounted folder's owner may have none here. */
function unprivilegedUser(): User {
  const { uid, gid } = statSync(rootDir)
  const named = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => Number(line.split(':')[2]))
  return uid !== 0 && named.includes(uid) ? { uid, gid } : { uid: 65534, gid: 65534 }
}

function reachableBinaries(native: string, user: User, log: (line: string) => void): string {
  if (canReach(native, user)) return native
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8'))
  const copy = copyPostgres(native, join(sharedDir, `postgres-${version}`))
  log(`uid ${user.uid} cannot reach ${native}; PostgreSQL runs from its copy in ${copy}`)
  return copy
}

function reachableData(dataDir: string, user: User, log: (line: string) => void): string {
  const moved = lstatSync(dataDir, { throwIfNoEntry: false })?.isSymbolicLink()
  if (!moved && canReach(dirname(dataDir), user)) return dataDir
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const place = join(sharedDir, `${id}-${basename(dataDir)}`)
  mkdirSync(sharedDir, { recursive: true, mode: 0o755 })
  if (!moved) symlinkSync(place, dataDir)
  if (!existsSync(place))
    log(`uid ${user.uid} cannot reach ${dataDir}; PostgreSQL keeps its data in ${place}`)
  return place
}

/** Hands a file or folder to the user PostgreSQL runs as. */
export function give(path: string, user: User | undefined): void {
  if (user) chownSync(path, user.uid, user.gid)
}

/** Where what the lent uid cannot reach is placed. */
export const sharedDir = '/var/lib/candor'

export interface PostgresPlace {
  readonly native: string
  readonly dataDir: string
  readonly user: User | undefined
}

export interface User {
  readonly uid: number
  readonly gid: number
}
