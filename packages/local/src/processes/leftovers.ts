import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { processIdentity } from './identity.ts'
import { waitUntil } from './wait-until.ts'

/** Keeps a note of which processes we started, so that after our own sudden death the next start can end them. */
export function rememberChildren(path: string): {
  add: (pid: number) => void
  remove: (pid: number) => void
} {
  mkdirSync(dirname(path), { recursive: true })
  const children = new Map<number, string>()
  const save = () => {
    writeFileSync(`${path}.new`, JSON.stringify([...children]))
    renameSync(`${path}.new`, path)
  }
  return {
    add(pid) {
      const identity = processIdentity(pid)
      if (identity) children.set(pid, identity)
      save()
    },
    remove(pid) {
      if (children.delete(pid)) save()
    },
  }
}

/** Ends what an earlier, killed run left behind. Returns how many processes that were. */
export async function endLeftovers(path: string): Promise<number> {
  const left = readNote(path).filter(([pid, identity]) => processIdentity(pid) === identity)
  const alive = () => left.filter(([pid, identity]) => processIdentity(pid) === identity)
  signal(left, 'SIGTERM')
  await waitUntil('the end of leftover processes', () => alive().length === 0, { deadlineMs: 2_000 }).catch(
    () => signal(alive(), 'SIGKILL'),
  )
  await waitUntil('the end of leftover processes', () => alive().length === 0)
  rmSync(path, { force: true })
  return left.length
}

function signal(processes: Note, name: NodeJS.Signals): void {
  for (const [pid] of processes) {
    try {
      process.kill(pid, name)
    } catch {
      // It ended in this moment.
    }
  }
}

function readNote(path: string): Note {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return []
  }
}

type Note = [pid: number, identity: string][]
