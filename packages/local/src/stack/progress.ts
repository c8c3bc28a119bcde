import type { Progress } from './context.ts'

/** Tells on a terminal what is done and how long it took. */
export function printProgress(startedAt: number): Progress {
  const seconds = (sinceMs: number) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`
  return {
    async step(name, work) {
      const stepStartedAt = Date.now()
      const result = await work()
      console.log(`  ${seconds(startedAt).padStart(7)}  ${name} (took ${seconds(stepStartedAt)})`)
      return result
    },
    report: (line) => console.log(`  ${seconds(startedAt).padStart(7)}  ${line}`),
  }
}
