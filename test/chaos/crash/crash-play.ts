import { services } from '@candor/contracts/callers'
import type { ActOptions } from '../acts/act.ts'
import type { Platform } from '../platform/start-platform.ts'
import type { Armory } from './armory.ts'

export interface CrashPlay extends ActOptions {
  platform: Platform
  armory: Armory
  /** Where people find the platform who try again when it cannot be reached. */
  url: string
}

/** Some crash points are met at a start alone. */
export function startAllAgain({ children }: Platform): void {
  for (const service of services) {
    const pid = children[service]!.pid()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }
}
