import { randomUUID } from 'node:crypto'
import { openLine, postRequest } from './http-line.ts'
import type { HttpLine } from './http-line.ts'

/** Where messages are posted to. What was sent into a conversation that somebody reads is noted in `sent`. */
export function createWriters(place: Place, sent: Map<string, number>) {
  const { conversations, tokens, ports, watched } = place
  const idle: HttpLine[] = []
  const opened: HttpLine[] = []
  let turn = 0

  /** The watched ones in turn and, where there are others, every other post to one of them. */
  function choose(): number {
    const at = turn++
    if (watched === conversations.length) return at % watched
    if (at % 2 === 0) return (at / 2) % watched
    return watched + Math.floor(Math.random() * (conversations.length - watched))
  }

  async function post(line: HttpLine, index: number): Promise<void> {
    const { id: conversationId, writer } = conversations[index]!
    const clientMessageId = randomUUID()
    const body = JSON.stringify({ conversationId, clientMessageId, text })
    if (index < watched) sent.set(clientMessageId, performance.now())
    await line.ask(postRequest(place.path, body, tokens[writer]))
  }

  async function withLine(work: (line: HttpLine) => Promise<void>): Promise<void> {
    const line = idle.pop() ?? (await openLine(ports[opened.length % ports.length]!))
    if (!opened.includes(line)) opened.push(line)
    await work(line)
    idle.push(line)
  }

  return {
    async busily(inFlight: number, seconds: number) {
      const startedAt = performance.now()
      const until = startedAt + seconds * 1_000
      let posts = 0
      const write = async (line: HttpLine) => {
        for (; performance.now() < until; posts++) await post(line, choose())
      }
      while (opened.length < inFlight) await withLine(async () => {}).then(() => idle.splice(0))
      idle.splice(0, idle.length, ...opened)
      await Promise.all(Array.from({ length: inFlight }, () => withLine(write)))
      return { posts, tookMs: performance.now() - startedAt }
    },
    async steadily(rate: number, seconds: number) {
      const startedAt = performance.now()
      const posts: Promise<void>[] = []
      for (let n = 0; n < rate * seconds; n++) {
        const early = startedAt + (n * 1_000) / rate - performance.now()
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
        posts.push(withLine((line) => post(line, choose())))
      }
      await Promise.all(posts)
    },
    async once(count: number) {
      for (let index = 0; index < count; index += 32) {
        const some = Array.from({ length: Math.min(32, count - index) }, (_, n) => index + n)
        await Promise.all(some.map((one) => withLine((line) => post(line, one))))
      }
    },
    close: () => opened.splice(0).forEach((line) => line.close()),
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
