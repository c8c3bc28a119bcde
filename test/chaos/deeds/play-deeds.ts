import { setTimeout as delay } from 'node:timers/promises'
import type { Steps } from '../../conformance/probe.ts'
import type { Deed } from './deeds.ts'

/**
 * Plays all, so many side by side, each until it is over, waits for another time or breaks off, as one may in whose way
 * a service died. Whether it shows what it would otherwise show is not asked.
 */
export async function playDeeds(
  deeds: readonly (Deed | Waiting)[],
  { sideBySide, signal, onBrokenOff }: Playing,
): Promise<Waiting[]> {
  const left = [...deeds]
  const waiting: Waiting[] = []
  const worker = async () => {
    for (let deed = left.shift(); deed && !signal.aborted; deed = left.shift()) {
      const steps = 'steps' in deed ? deed.steps : deed.play()
      const { name } = deed
      const over = new AbortController()
      const tooLong = delay(mostMs, undefined, { signal: AbortSignal.any([signal, over.signal]) })
      try {
        const step = await Promise.race([steps.next(), tooLong])
        if (!step) throw new Error(`it took longer than ${mostMs} ms`)
        if (!step.done) waiting.push({ name, steps, until: step.value })
      } catch (err) {
        onBrokenOff(name, (err as Error).message.replaceAll(/\s+/g, ' '))
      } finally {
        tooLong.catch(() => {})
        over.abort()
      }
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
  return waiting
}

const mostMs = 90_000

interface Playing {
  sideBySide: number
  signal: AbortSignal
  onBrokenOff: (name: string, why: string) => void
}

export interface Waiting {
  name: string
  steps: Steps
  until: Date
}
