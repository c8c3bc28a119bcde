import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removePostgresData } from '../servers/postgres-place.ts'
import { guard } from './guard.ts'

/**
 * A new folder for servers, with PostgreSQL's data in `postgres`. It goes when it is disposed of or with this process, however
 * that ends, and the servers with it.
 */
export function guardedFolder(name: string): GuardedFolder {
  const path = mkdtempSync(join(tmpdir(), `candor-${name}-`))
  const releases = [guard({ folder: path })]
  // PostgreSQL, which may run under another uid, keeps its own data closed.
  chmodSync(path, 0o755)
  return {
    path,
    guard: (pid) => void releases.push(guard({ pid, folder: path })),
    async [Symbol.asyncDispose]() {
      removePostgresData(join(path, 'postgres'))
      rmSync(path, { recursive: true, force: true })
      await Promise.all(releases.map((release) => release()))
    },
  }
}

export interface GuardedFolder extends AsyncDisposable {
  readonly path: string
  /** This server ends with us as well. */
  guard(pid: number): void
}
