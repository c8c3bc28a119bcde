import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Runs `life.ts` as a process and answers once it says it is up; `end` tells how it ended and what it stopped. */
export async function runLife(kind: 'running' | 'failing' | 'waiting' | 'hanging' | 'leaving') {
  const script = fileURLToPath(new URL('./life.ts', import.meta.url))
  const child = spawn(process.execPath, [script, kind], { stdio: ['ignore', 'pipe', 'pipe'] })
  const stopped: string[] = []
  let errors = ''
  const ended = once(child, 'close')
  child.stderr.on('data', (chunk) => (errors += chunk))
  const lines = createInterface({ input: child.stdout })
  const up = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line === 'up') resolve()
      if (line.startsWith('stopped ')) stopped.push(line.slice('stopped '.length))
    })
  })
  await Promise.race([up, ended])
  return {
    signal: (name: NodeJS.Signals) => child.kill(name),
    errors: () => errors,
    end: async () => ({ code: ((await ended) as [number])[0], stopped }),
  }
}
