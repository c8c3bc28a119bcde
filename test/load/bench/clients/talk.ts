import { openLive } from './live-line.ts'
import { serveJobs } from './serve-jobs.ts'
import { createWriters } from './writers.ts'
import type { Place } from './writers.ts'

// Writes into conversations and reads them live, as a process of its own.

const sent = new Map<string, number>()
let took: number[] = []
let received = 0
let ended = 0
let writers: ReturnType<typeof createWriters> | undefined

serveJobs({
  /** Opens a live line for each reader; lines of many readers open some at a time. */
  async open({ place, readers }: { place: Place; readers: number[] }) {
    writers ??= createWriters(place, sent)
    const { kind, livePorts, conversations, tokens } = place
    const waiting = readers.map((index, at) => {
      const { id: conversationId, reader } = conversations[index]!
      return {
        kind,
        port: livePorts[at % livePorts.length]!,
        conversationId,
        token: tokens[reader],
      }
    })
    while (waiting.length > 0)
      await Promise.all(
        waiting.splice(0, 50).map((at) => openLive(at, { onMessage: take, onEnd: () => void ended++ })),
      )
  },
  /** As many posts as are answered within `seconds` with `inFlight` of them under way. */
  async postBusily({ inFlight, seconds }: { inFlight: number; seconds: number }) {
    const { posts, refused, tookMs } = await writers!.busily(inFlight, seconds)
    return { rate: (posts / tookMs) * 1_000, refused, ...(await delivered()) }
  },
  /** `rate` posts a second, whether or not the ones before are answered. */
  async postSteadily({ rate, seconds }: { rate: number; seconds: number }) {
    const { refused } = await writers!.steadily(rate, seconds)
    return { refused, ...(await delivered()) }
  },
  /** One post in each of the first `count` conversations. */
  async postOnce({ count }: { count: number }) {
    await writers!.once(count)
    sent.clear()
  },
  async count() {
    return { received, ended }
  },
})

function take(id: string): void {
  received++
  const sentAt = sent.get(id)
  if (sentAt === undefined) return
  sent.delete(id)
  took.push(performance.now() - sentAt)
}

/** Waits for what is still under way, and answers how long deliveries took. */
async function delivered(): Promise<Omit<Delivered, 'refused'>> {
  const until = performance.now() + 10_000
  while (sent.size > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
  const sorted = took.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? NaN
  const answer = { p50: at(0.5), p99: at(0.99), undelivered: sent.size }
  took = []
  sent.clear()
  return answer
}

export interface Delivered {
  p50: number
  p99: number
  /** Posts that were answered with an error. */
  refused: number
  /** Posts that were stored and did not reach who reads within ten seconds. */
  undelivered: number
}
