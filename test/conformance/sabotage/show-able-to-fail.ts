import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../play.ts'
import { sabotages } from './sabotages.ts'

/**
 * Switches off one enforcement at a time, each on a platform of its own in a process of its own, and tells which promises
 * were seen broken that are not broken anyway: exactly those that it says, or the probes prove nothing.
 */
export async function showAbleToFail(options: {
  names: readonly string[]
  wanted: readonly string[]
  /** Broken with everything in force. */
  brokenAnyway: readonly string[]
  sideBySide: number
  onShown?: (shown: Shown) => void
}): Promise<Shown[]> {
  const left = sabotages.filter(({ name }) => options.names.includes(name))
  const shown: Shown[] = []
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const outcomes = await runSabotaged(next.name, options.wanted)
      const red = outcomes.filter(
        ({ state, clause }) => state === 'broken' && !options.brokenAnyway.includes(clause),
      )
      const expected = next.breaks.filter(
        (clause) => options.wanted.length === 0 || options.wanted.includes(clause),
      )
      const seen = red.map(({ clause }) => clause)
      const evidence = Object.fromEntries(red.map((one) => [one.clause, one.evidence]))
      const isAsExpected = seen.toSorted().join() === expected.toSorted().join()
      shown.push({ name: next.name, means: next.means, expected, seen, evidence, isAsExpected })
      options.onShown?.(shown.at(-1)!)
    }
  }
  await Promise.all(Array.from({ length: options.sideBySide }, worker))
  return shown
}

export interface Shown {
  name: string
  means: string
  expected: readonly string[]
  seen: readonly string[]
  /** By what each of `seen` was found broken. */
  evidence: Record<string, string>
  isAsExpected: boolean
}

/** Outcomes on a platform with one enforcement switched off. */
async function runSabotaged(name: string, wanted: readonly string[]): Promise<Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-sabotage-'))
  const file = join(folder, 'outcomes.json')
  const script = new URL('run-sabotaged.ts', import.meta.url).pathname
  try {
    const child = spawn(process.execPath, [script, name, file, ...wanted], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [code] = await once(child, 'exit')
    // Why stands above: the process has said so.
    if (code !== 0)
      return [{ clause: 'no run', state: 'broken', evidence: `it ended with ${code}`, tookMs: 0 }]
    return JSON.parse(await readFile(file, 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
