import type { Door } from '@candor/local/stack/ports'
import type { Questions } from './ask.ts'

/** Asks at a constant rate, whether answers come or not, until it is stopped. Nothing is asked twice. */
export function startLoad(questions: Questions, { doors, perSecond }: LoadOptions): Load {
  const failed: string[] = []
  const tookMs: number[] = []
  const open = new Set<Promise<void>>()
  const beganAt = performance.now()
  let asked = 0

  async function ask(door: Door): Promise<void> {
    const question = await questions(door)
    const askedAt = performance.now()
    const outcome = await fetch(question).then(
      async (response) => (await response.arrayBuffer(), response.ok ? undefined : String(response.status)),
      (err: Error) => String(err.cause ?? err),
    )
    tookMs.push(performance.now() - askedAt)
    if (outcome !== undefined) failed.push(`${door}: ${outcome}`)
  }

  const timer = setInterval(() => {
    const due = ((performance.now() - beganAt) * perSecond) / 1_000
    for (; asked < due; asked++) {
      const asking = ask(doors[asked % doors.length]!).catch((err: Error) => void failed.push(err.message))
      open.add(asking)
      void asking.finally(() => open.delete(asking))
    }
  }, 10)

  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
      const seconds = (performance.now() - beganAt) / 1_000
      const p99Ms = tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? 0
      return { asked, failed, perSecond: asked / seconds, p99Ms }
    },
  }
}

interface LoadOptions {
  /** Asked by turns. */
  doors: readonly Door[]
  perSecond: number
}

interface Load {
  stop(): Promise<{ asked: number; failed: string[]; perSecond: number; p99Ms: number }>
}
