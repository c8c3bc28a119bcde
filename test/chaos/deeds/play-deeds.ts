import { setTimeout as delay } from 'node:timers/promises'
import type { Steps } from '../../conformance/probe.ts'
import type { Deed } from './deeds.ts'
import { NotUnderFireError } from './open-place.ts'

/**
 * Plays all, so many side by side, each until it is over or waits for another time. One that breaks off is done again where
 * a process died meanwhile. Whether it shows what it would otherwise show is not asked.
 */
export async function playDeeds(
  deeds: readonly (Deed | Waiting)[],
  { sideBySide, deaths, signal, onBrokenOff }: Playing,
): Promise<Waiting[]> {
  const left = [...deeds]
  const waiting: Waiting[] = []

  /** Answers whether to do it again. */
  async function play(deed: Deed | Waiting): Promise<boolean> {
    const { name } = deed
    const steps = 'steps' in deed ? deed.steps : deed.play()
    const deathsBefore = deaths()
    try {
      const step = await within(mostMs, steps.next())
      if (!step.done) waiting.push({ name, steps, until: step.value })
      return false
    } catch (err) {
      onBrokenOff(name, (err as Error).message.replaceAll(/\s+/g, ' '))
      return 'play' in deed && deaths() > deathsBefore && !(err instanceof NotUnderFireError)
    }
  }

  const worker = async () => {
    for (let deed = left.shift(); deed && !signal.aborted; deed = left.shift())
      for (let again = true; again && !signal.aborted;) again = await play(deed)
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
  return waiting
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = delay(timeoutMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`it took longer than ${timeoutMs} ms`)
  })
  return Promise.race([work, late]).finally(() => {
    late.catch(() => {})
    over.abort()
  })
}

const mostMs = 120_000

interface Playing {
  sideBySide: number
  /** How many processes have died so far. */
  deaths(): number
  signal: AbortSignal
  onBrokenOff(name: string, why: string): void
}

export interface Waiting {
  name: string
  steps: Steps
  until: Date
}
