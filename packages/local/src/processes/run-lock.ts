import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { processIdentity } from './identity.ts'

/** Takes the data directory for this process, or throws an error that says who has it. */
export function acquireRunLock(dataDir: string): { release: () => void } {
  mkdirSync(dataDir, { recursive: true })
  const path = lockPath(dataDir)
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }))
  try {
    const holder = findHolder(dataDir)
    if (holder)
      throw new Error(`Candor already runs on ${dataDir} as process ${holder}. Stop that one first.`)
    rmSync(path, { force: true })
    // A link appears whole or not at all, and only one of two racing processes gets it.
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Error(`Candor is just being started on ${dataDir} by somebody else.`, { cause: error })
  } finally {
    rmSync(draft, { force: true })
  }
  return { release: () => rmSync(path, { force: true }) }
}

/** The number of the process that runs on this data directory, if one does. */
export function findHolder(dataDir: string): number | undefined {
  try {
    const { pid, identity } = JSON.parse(readFileSync(lockPath(dataDir), 'utf8'))
    return processIdentity(pid) === identity ? pid : undefined
  } catch {
    return undefined
  }
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'lock')
}
