import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the processes and the act tell each other of crash points, by files in `folder`. */
export function openArmory(folder: string): Armory {
  const armed = join(folder, 'armed')
  mkdirSync(armed)
  return {
    arm(sites) {
      for (const site of sites) writeFileSync(join(armed, encodeURIComponent(site)), '')
    },
    disarm: () => readdirSync(armed).forEach((file) => rmSync(join(armed, file), { force: true })),
    armed: () => readdirSync(armed).map(decodeURIComponent),
    reached() {
      const path = join(folder, 'reached')
      return existsSync(path)
        ? [...new Set(readFileSync(path, 'utf8').split('\n').filter(Boolean))].toSorted()
        : []
    },
    setClock(offsetMs) {
      writeFileSync(join(folder, 'clock.new'), String(offsetMs))
      renameSync(join(folder, 'clock.new'), join(folder, 'clock'))
    },
  }
}

export interface Armory {
  /** Each kills the process that comes to it next, once. */
  arm(sites: readonly string[]): void
  disarm(): void
  /** Those that have not killed yet. */
  armed(): string[]
  /** Those that some process has come to, armed or not. */
  reached(): string[]
  /** The time of each process that starts from now on. */
  setClock(offsetMs: number): void
}
