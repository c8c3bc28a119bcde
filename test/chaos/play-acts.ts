import type { Act, ActOptions } from './acts/act.ts'
import { startPlatform } from './platform/start-platform.ts'

/** Plays the acts one after the other on one platform. Interrupted, it stops what it started and answers what was seen. */
export async function playActs(acts: readonly Act[], options: PlayOptions): Promise<Played[]> {
  const { signal, say } = options
  await using platform = await startPlatform(options.platform)
  say('the platform is up')
  const played: Played[] = []
  for (const { name, play } of acts) {
    if (signal.aborted) break
    say(name)
    const outcome = await play(platform, options).catch((err: Error) => ({
      summary: 'broke off',
      problems: [err.message],
    }))
    played.push({ name, ...outcome })
  }
  for (const end of new Set(platform.unexpected)) say(`unasked: ${end}`)
  return played
}

interface PlayOptions extends ActOptions {
  platform?: Parameters<typeof startPlatform>[0]
}

export interface Played {
  name: string
  summary: string
  problems: string[]
}
