import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../play.ts'
import { clausesAgainst } from './clauses-against.ts'
import type { Against } from './clauses-against.ts'
import type { Sabotage } from './sabotage.ts'

/**
 * Switches off one enforcement at a time, each on a platform of its own in a process of its own, and tells which promises
 * were seen broken that are not broken anyway: exactly those that it says, or the probes prove nothing. An enforcement
 * that says nothing of what is wanted is left out. Interrupted, it answers what was seen so far.
 */
export async function showAbleToFail(options: {
  sabotages: readonly Sabotage[]
  wanted: readonly string[]
  against: Against
  /** Broken with everything in force. */
  brokenAnyway: readonly string[]
  sideBySide: number
  signal?: AbortSignal
  onShown?: (shown: Shown) => void
}): Promise<Shown[]> {
  const { wanted, against, brokenAnyway, signal, onShown } = options
  const left = options.sabotages
    .map((sabotage) => ({ ...sabotage, played: clausesAgainst(sabotage, against, wanted) }))
    .filter(({ played }) => played.length > 0)
  const shown: Shown[] = []
  const of = left.length
  const worker = async () => {
    for (let next = left.shift(); next && !signal?.aborted; next = left.shift()) {
      const { name, means, breaks, played } = next
      const startedAt = performance.now()
      const outcomes = await runSabotaged(name, played, signal)
      if (!outcomes) return
      const red = outcomes.filter(({ state, clause }) => state === 'broken' && !brokenAnyway.includes(clause))
      const expected = breaks.filter((clause) => played.includes(clause) && !brokenAnyway.includes(clause))
      const seen = red.map(({ clause }) => clause)
      const evidence = Object.fromEntries(red.map((one) => [one.clause, one.evidence]))
      const isAsExpected = seen.toSorted().join() === expected.toSorted().join()
      const tookMs = performance.now() - startedAt
      const nth = shown.length + 1
      shown.push({ nth, of, tookMs, name, means, expected, seen, evidence, isAsExpected })
      onShown?.(shown.at(-1)!)
    }
  }
  await Promise.all(Array.from({ length: options.sideBySide }, worker))
  return shown
}

export interface Shown {
  nth: number
  of: number
  tookMs: number
  name: string
  means: string
  expected: readonly string[]
  seen: readonly string[]
  /** By what each of `seen` was found broken. */
  evidence: Record<string, string>
  isAsExpected: boolean
}

/** Outcomes on a platform with one enforcement switched off; none where that was interrupted. */
async function runSabotaged(
  name: string,
  clauses: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Outcome[] | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-sabotage-'))
  const file = join(folder, 'outcomes.json')
  const script = new URL('run-sabotaged.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, name, file, ...clauses], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const stop = () => void child.kill()
  signal?.addEventListener('abort', stop)
  if (signal?.aborted) stop()
  try {
    const [code] = await once(child, 'exit')
    if (signal?.aborted) return undefined
    // Why stands above: the process has said so.
    if (code !== 0)
      return [{ clause: 'no run', state: 'broken', evidence: `it ended with ${code}`, tookMs: 0 }]
    return JSON.parse(await readFile(file, 'utf8'))
  } finally {
    signal?.removeEventListener('abort', stop)
    await rm(folder, { recursive: true, force: true })
  }
}
