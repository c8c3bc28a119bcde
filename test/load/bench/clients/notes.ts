import { connectNats } from '@candor/runtime/nats'
import { createLogger } from '@candor/runtime/logger'
import type { NatsConnection, Subscription } from '@nats-io/transport-node'
import { serveJobs } from './serve-jobs.ts'

// Plays another replica to whoever reads live: it hears what is noted over core NATS, and notes the like of it again and
// again, as if each conversation went on. So a server can be watched that delivers and does nothing else.

const heard = new Map<string, string>()
let nats: NatsConnection
let hearing: Subscription

serveJobs({
  async listen({ url, seed }: { url: string; seed: string }) {
    nats = await connectNats({
      url,
      seed,
      name: 'chat',
      log: createLogger({ service: 'bench', level: 'silent' }),
    })
    hearing = nats.subscribe('live.>', {
      callback: (err, note) => void (err ?? heard.set(note.subject, asAnother(note.string()))),
    })
    await nats.flush()
  },
  /** As many of each conversation as of the others, `rate` a second. Answers how many. */
  async repeat({ rate, seconds }: { rate: number; seconds: number }) {
    // What it says itself it need not hear.
    hearing.unsubscribe()
    const subjects = [...heard.keys()]
    const startedAt = performance.now()
    let count = 0
    for (; count < rate * seconds; count++) {
      const early = startedAt + (count * 1_000) / rate - performance.now()
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
      const subject = subjects[count % subjects.length]!
      const next = following(heard.get(subject)!)
      nats.publish(subject, next)
      heard.set(subject, next)
    }
    await nats.flush()
    return count
  },
})

/** A replica that hears its own notes again leaves them alone. */
function asAnother(note: string): string {
  return note.replace(/^{"from":"[^"]*"/, '{"from":"another replica"')
}

/** The note of the message after this one: what counts up with messages is one higher. */
function following(note: string): string {
  const seq = Math.max(0, ...[...note.matchAll(/"seq":(\d+)/g)].map(([, n]) => Number(n)))
  return note.replaceAll(/"(seq|lastSeq|delivered|read)":(\d+)/g, (same, name, n) =>
    Number(n) === seq ? `"${name}":${seq + 1}` : same,
  )
}
