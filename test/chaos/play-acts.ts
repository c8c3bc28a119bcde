import type { Act, ActOptions, Outcome } from './acts/act.ts'
import { startPlatform } from './platform/start-platform.ts'
import type { Platform } from './platform/start-platform.ts'

/** Plays the acts one after the other on one platform. Interrupted, it stops what it started and answers what was seen. */
export async function playActs(acts: readonly Act[], options: PlayOptions): Promise<Played[]> {
  const { signal, say } = options
  await using held = new AsyncDisposableStack()
  let shared: Platform | undefined
  const platform = async () => (shared ??= held.use(await startPlatform({ ...options.platform, say })))
  const played: Played[] = []
  for (const act of acts) {
    if (signal.aborted) break
    say(act.name)
    const playing = 'playAlone' in act ? act.playAlone(options) : act.play(await platform(), options)
    const outcome = await playing.catch((err: Error) => ({ summary: 'broke off', problems: [err.message] }))
    played.push({ name: act.name, isCutShort: signal.aborted, ...outcome })
  }
  for (const end of new Set(shared?.unexpected)) say(`unasked: ${end}`)
  return played
}

interface PlayOptions extends ActOptions {
  platform?: Parameters<typeof startPlatform>[0]
}

export interface Played extends Outcome {
  name: string
  /** Interrupted before it had compared. */
  isCutShort: boolean
}
