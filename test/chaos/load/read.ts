import { setTimeout as delay } from 'node:timers/promises'
import { delayMsOf } from '@candor/client/backoff'
import { followConversation } from '@candor/client/follow-conversation'
import type { LiveEvent, Message } from '@candor/contracts/chat/schemas'
import type { Entry } from '../check/history.ts'
import type { Person } from './open-business.ts'

/** Follows a conversation by our client. Answers the number of the last message it saw, and how to stop. */
export function readByClient({ person, conversation, reader, history }: ReadOptions): Reader {
  const saw = recorder(history, conversation, reader)
  const { stop } = followConversation(person.candor, conversation, {
    onMessage: saw.message,
    onReset: saw.begins,
    backoff,
  })
  return { lastSeq: saw.lastSeq, cut: () => {}, stop }
}

/** Follows it by the bare stream: whatever it says is written down, and it is resumed after the last one seen. */
export function readBare({ person, conversation, reader, history, url, after = 0 }: BareOptions): Reader {
  const saw = recorder(history, conversation, reader, after)
  const stopping = new AbortController()
  let connection = new AbortController()

  async function loop() {
    for (let attempt = 1; !stopping.signal.aborted; attempt++) {
      connection = new AbortController()
      const signal = AbortSignal.any([connection.signal, stopping.signal])
      await stream(signal, () => (attempt = 0)).catch(() => {})
      await delay(delayMsOf(attempt + 1, backoff), undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  async function stream(signal: AbortSignal, onLive: () => void) {
    const token = await person.session.getAccessToken()
    const input = encodeURIComponent(
      JSON.stringify({ conversationId: conversation, lastEventId: String(saw.lastSeq()) }),
    )
    const silence = setTimeout(() => connection.abort(), silenceMs)
    const response = await fetch(`${url}/trpc/chat/live?input=${input}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal,
    })
    try {
      for await (const data of eventsOf(response)) {
        silence.refresh()
        onLive()
        if (data?.type === 'message') saw.message(data.message)
        if (data?.type === 'reset') saw.begins()
      }
    } finally {
      clearTimeout(silence)
    }
  }

  const finished = loop()
  return {
    lastSeq: saw.lastSeq,
    cut: () => connection.abort(),
    stop: () => {
      stopping.abort()
      return finished
    },
  }
}

/** The events of a stream; undefined for those that carry nothing, as pings do. */
async function* eventsOf(response: Response): AsyncGenerator<LiveEvent | undefined> {
  if (!response.ok) throw new Error(`refused with ${response.status}`)
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const frames = (text + chunk).split('\n\n')
    text = frames.pop()!
    for (const frame of frames) {
      const isOwn = /^event: /m.test(frame)
      const data = isOwn ? undefined : /^data: (.*)$/m.exec(frame)?.[1]
      yield data === undefined ? undefined : JSON.parse(data)
    }
  }
}

function recorder(history: Entry[], conversation: string, reader: string, after = 0) {
  let lastSeq = 0
  const begins = (position = 0) => {
    lastSeq = position
    history.push({ type: 'begins', conversation, reader })
  }
  const message = ({ seq, text, notice }: Message) => {
    lastSeq = seq
    history.push({ type: 'saw', conversation, reader, seq, text: notice ? null : text })
  }
  begins(after)
  return { begins: () => begins(), message, lastSeq: () => lastSeq }
}

const backoff = { baseMs: 100, capMs: 2_000 }
/** The server speaks every ten seconds. */
const silenceMs = 15_000

interface ReadOptions {
  person: Person
  conversation: string
  reader: string
  history: Entry[]
}

interface BareOptions extends ReadOptions {
  /** Where the public address is reached. */
  url: string
  /** The last message that it has seen already. */
  after?: number
}

export interface Reader {
  lastSeq(): number
  /** Disconnects it; it comes back by itself. */
  cut(): void
  stop(): void | Promise<void>
}
