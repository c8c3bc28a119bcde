import { stripVTControlCharacters } from 'node:util'
import type { Steps } from './probe.ts'

/**
 * Plays probes against one clock: all go as far as they can now, then time moves to the next instant that any of them
 * waits for. Years pass in minutes, and no probe sees time run back. One that fails leaves the others alone.
 */
export async function play(
  scenes: readonly Scene[],
  clock: { now(): Date; moveTo(time: Date): Promise<void> },
  options: { sideBySide: number; signal: AbortSignal; onOutcome: (outcome: Outcome) => void },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let due: Waiting[] = scenes.map((scene) => ({ ...scene, until: clock.now(), tookMs: 0 }))
  const waiting: Waiting[] = []

  async function advance(one: Waiting): Promise<void> {
    const startedAt = performance.now()
    const finish = (state: Outcome['state'], evidence: string) => {
      const tookMs = Math.round(one.tookMs + performance.now() - startedAt)
      const outcome = { clause: one.clause, state, evidence, tookMs }
      outcomes.push(outcome)
      options.onOutcome(outcome)
    }
    try {
      const { done, value } = await one.steps.next()
      if (done && one.lacks) return finish('unproven', `${one.lacks}. Shown: ${value}`)
      if (done) return finish('kept', value)
      waiting.push({ ...one, until: value, tookMs: one.tookMs + performance.now() - startedAt })
    } catch (err) {
      finish('broken', describe(err))
    }
  }

  while (due.length > 0) {
    await eachSideBySide(due, options.sideBySide, advance)
    if (waiting.length === 0 || options.signal.aborted) break
    const next = waiting.reduce((first, one) => (one.until < first ? one.until : first), waiting[0]!.until)
    if (next > clock.now()) await clock.moveTo(next)
    due = waiting.filter(({ until }) => until <= clock.now())
    waiting.splice(0, waiting.length, ...waiting.filter((one) => !due.includes(one)))
  }
  return outcomes
}

async function eachSideBySide<T>(
  items: readonly T[],
  count: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: count }, worker))
}

function describe(err: unknown): string {
  const lines = []
  for (let cause = err; cause instanceof Error; cause = cause.cause) lines.push(cause.message)
  // A browser's complaints come in colours.
  return stripVTControlCharacters(lines.join(', because ') || String(err))
    .replace(/\s+/g, ' ')
    .trim()
}

export interface Scene {
  clause: string
  steps: Steps
  /** What of the promise the steps do not show. */
  lacks?: string | undefined
}

export interface Outcome {
  clause: string
  state: 'kept' | 'broken' | 'unproven'
  evidence: string
  tookMs: number
}

interface Waiting extends Scene {
  until: Date
  tookMs: number
}
