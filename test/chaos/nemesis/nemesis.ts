import { setTimeout as delay } from 'node:timers/promises'
import { waitUntil } from '@candor/local/processes/wait-until'
import type { Platform } from '../platform/start-platform.ts'
import { pauseProcess } from './pause-process.ts'

/**
 * Does one bad thing to the platform at each `strike`, which one is decided by `random` alone: kills or pauses a part, or
 * cuts or freezes the lines of a service to a server. `over` resolves once all that was paused goes on.
 */
export function createNemesis(platform: Platform, random: () => number): Nemesis {
  const paused: Promise<void>[] = []
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!
  const runningPid = (part: string) =>
    waitUntil(`${part} to run`, () => platform.children[part]!.pid(), { deadlineMs: 60_000 })

  return {
    async strike() {
      const deed = pick(deeds)
      const part = pick(parts)
      const line = pick(Object.keys(platform.lines).toSorted())
      const pauseMs = 100 + random() * 2_400
      switch (deed) {
        case 'kill':
          process.kill(await runningPid(part), 'SIGKILL')
          return `kill ${part}`
        case 'pause':
          paused.push(delay(pauseMs).then(pauseProcess(await runningPid(part))))
          return `pause ${part} for ${pauseMs.toFixed(0)} ms`
        default:
          platform.lines[line]![deed]()
          return `${deed} ${line}`
      }
    },
    over: () => Promise.all(paused).then(() => {}),
  }
}

/** As often as they stand here. */
const deeds = ['kill', 'kill', 'kill', 'kill', 'kill', 'pause', 'pause', 'cut', 'cut', 'freeze'] as const

/** What carries messages is struck more often. */
const parts = [
  ...['chat', 'chat', 'nats', 'nats', 'postgres', 'postgres', 'billing', 'billing'],
  ...['transcripts', 'identity', 'privacy'],
]

export interface Nemesis {
  /** Answers what it did. */
  strike(): Promise<string>
  over(): Promise<void>
}
