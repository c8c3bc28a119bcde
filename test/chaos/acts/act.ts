import type { Platform } from '../platform/start-platform.ts'

/** One way to try the platform. It answers what was done, in words, and what was found wrong. */
export type Act = { name: string } & (
  | { play(platform: Platform, options: ActOptions): Promise<Outcome> }
  /** On one that it starts itself. */
  | { playAlone(options: ActOptions): Promise<Outcome> }
)

export interface Outcome {
  summary: string
  problems: string[]
}

export interface ActOptions {
  /** Long; short; or a part of the short form, beside all other tests. */
  form: 'long' | 'short' | 'part'
  seed: number
  signal: AbortSignal
  say: (line: string) => void
}
