import { existsSync, readFileSync } from 'node:fs'

/** Stops a process with its children, as PostgreSQL's sessions are. Answers how to let them go on. */
export function pauseProcess(pid: number): () => void {
  const stopped = [pid]
  signal(pid, 'SIGSTOP')
  for (const child of childrenOf(pid)) {
    stopped.push(child)
    signal(child, 'SIGSTOP')
  }
  return () => {
    for (const one of stopped) signal(one, 'SIGCONT')
  }
}

/** Without /proc only the process itself is known. */
function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ').filter(Boolean).map(Number) : []
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It was killed in this moment.
  }
}
