import { randomUUID } from 'node:crypto'
import { openLine, postRequest } from './http-line.ts'
import type { HttpLine } from './http-line.ts'

/** Where messages are posted to. What was sent into a conversation that somebody reads is noted in `sent`. */
export function createWriters(place: Place, sent: Map<string, number>) {
  const { conversations, tokens, ports, watched } = place
  const idle: HttpLine[] = []
  const opened: Promise<HttpLine>[] = []
  let turn = 0

  /** The watched ones in turn and, where there are others, every other post to one of them. */
  function choose(): number {
    const at = turn++
    if (watched === conversations.length) return at % watched
    if (at % 2 === 0) return (at / 2) % watched
    return watched + Math.floor(Math.random() * (conversations.length - watched))
  }

  /** Whether it was stored. */
  async function post(line: HttpLine, index: number): Promise<boolean> {
    const { id: conversationId, writer } = conversations[index]!
    const clientMessageId = randomUUID()
    const body = JSON.stringify({ conversationId, clientMessageId, text })
    if (index < watched) sent.set(clientMessageId, performance.now())
    try {
      await line.ask(postRequest(place.path, body, tokens[writer]))
      return true
    } catch {
      // What was refused does not count, neither as stored nor as under way.
      sent.delete(clientMessageId)
      return false
    }
  }

  async function open(): Promise<HttpLine> {
    const line = openLine(ports[opened.length % ports.length]!)
    opened.push(line)
    return line
  }

  async function withLine(work: (line: HttpLine) => Promise<unknown>): Promise<void> {
    let line = idle.pop()
    while (line && !line.isOpen()) line = idle.pop()
    line ??= await open()
    await work(line)
    idle.push(line)
  }

  return {
    /** As many as are answered within `seconds` with `inFlight` of them under way. */
    async busily(inFlight: number, seconds: number) {
      const startedAt = performance.now()
      const until = startedAt + seconds * 1_000
      const counts = { posts: 0, refused: 0 }
      const write = async (line: HttpLine) => {
        while (performance.now() < until) counts[(await post(line, choose())) ? 'posts' : 'refused']++
      }
      await Promise.all(Array.from({ length: inFlight }, () => withLine(write)))
      return { ...counts, tookMs: performance.now() - startedAt }
    },
    /** `rate` a second, whether or not the ones before are answered. */
    async steadily(rate: number, seconds: number) {
      const startedAt = performance.now()
      const posts: Promise<void>[] = []
      let refused = 0
      for (let n = 0; n < rate * seconds; n++) {
        const early = startedAt + (n * 1_000) / rate - performance.now()
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
        posts.push(withLine(async (line) => (await post(line, choose())) || refused++))
      }
      await Promise.all(posts)
      return { refused }
    },
    /** One in each of the first `count` conversations. */
    async once(count: number) {
      for (let index = 0; index < count; index += 32) {
        const some = Array.from({ length: Math.min(32, count - index) }, (_, n) => index + n)
        await Promise.all(some.map((one) => withLine((line) => post(line, one))))
      }
    },
  }
}

/** Of 200 bytes, as somebody may write who waits for a parcel. */
const text =
  'Hello, I ordered two lamps on the 14th and only one of them has come so far. The page says that both were sent. ' +
  'Could you please look where the other one is, or send me a new one? Thank you! Ada Bird'

/** A chat to talk to, and the conversations there are in it. */
export interface Place {
  kind: 'ws' | 'sse'
  /** Where posts go and where readers listen: each a replica. */
  ports: number[]
  livePorts: number[]
  path: string
  conversations: { id: string; writer: number; reader: number }[]
  /** Access tokens, by their place; the strawman asks for none. */
  tokens: string[]
  /** So many of the conversations, the first ones, have somebody who reads. */
  watched: number
}
