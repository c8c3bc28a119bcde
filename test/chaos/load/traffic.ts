import { waitUntil } from '@candor/local/processes/wait-until'
import { checkHistory } from '../check/check-history.ts'
import type { Problem } from '../check/check-history.ts'
import type { Entry } from '../check/history.ts'
import type { Reached } from '../platform/start-platform.ts'
import { readEndState } from '../read-end-state.ts'
import { readParked } from '../read-parked.ts'
import { openBusiness } from './open-business.ts'
import { readBare, readByClient } from './read.ts'
import type { Reader } from './read.ts'
import { write } from './write.ts'

/** A business whose visitors and staff write into its conversations, and read them live from both sides. */
export async function startTraffic(platform: Reached, options: TrafficOptions): Promise<Traffic> {
  const { signal, conversations = 20, readersEach = 1 } = options
  const business = await openBusiness(platform.url, conversations, options)
  const history: Entry[] = []
  let stored = 0
  const url = options.readAt ?? platform.url
  const readers = business.conversations.flatMap(({ id: conversation, visitor }, place): Placed[] => {
    const shared = { conversation, history, url }
    const bare = Array.from({ length: readersEach }, (_, nth) =>
      readBare({ ...shared, person: business.owner, reader: `s${place}.${nth}` }),
    )
    const byClient = readByClient({ ...shared, person: visitor, reader: `v${place}` })
    return [byClient, ...bare].map((reader) => ({ conversation, reader }))
  })
  const count = Math.ceil(options.messages / conversations / 2)
  const writers = business.conversations.flatMap(({ id: conversation, visitor }, place) => [
    { conversation, candor: visitor.candor, writer: `v${place}` },
    { conversation, candor: business.owner.candor, writer: `s${place}` },
  ])
  const onStored = () => void stored++
  const written = Promise.all(
    writers.map((writer) => write({ ...options, ...writer, count, history, onStored })),
  ).then(() => {})
  const numberOf = (type: Entry['type']) => history.filter((entry) => entry.type === type).length

  return {
    written,
    readers: readers.map(({ reader }) => reader),
    stored: () => stored,
    untilStored: (count) =>
      waitUntil('messages to be stored', () => stored >= count || signal.aborted, {
        deadlineMs: standsStillMs,
      }).then(() => {}),
    unanswered: () => numberOf('info'),
    whyUnanswered: () => [
      ...new Set(history.flatMap((entry) => (entry.type === 'info' ? [entry.why ?? ''] : []))),
    ],
    counted: async () => (await business.owner.candor.billing.getUsage.query()).messages.used,
    async compare({ stuckMs }) {
      const end = await readEndState(platform, business, stuckMs)
      const areRead = () =>
        readers.every(
          ({ conversation, reader }) => reader.lastSeq() >= end.conversations[conversation]!.length,
        )
      await waitUntil('readers to see the end', areRead, { deadlineMs: 30_000 }).catch(() => {})
      const refused = numberOf('fail')
      const evidence = `${refused} messages were refused for good`
      const parked = await readParked(platform)
      return [
        ...checkHistory(history, end),
        ...parked.map((one) => ({ kind: 'parked' as const, conversation: 'any', evidence: one })),
        ...(refused > 0 ? [{ kind: 'lost' as const, conversation: 'all', evidence }] : []),
      ]
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(readers.map(({ reader }) => reader.stop()))
    },
  }
}

/** No message stored for so long: something does not recover. */
const standsStillMs = 60_000

interface Placed {
  conversation: string
  reader: Reader
}

interface TrafficOptions {
  messages: number
  conversations?: number
  /** How many follow each conversation by the bare stream, beside one by our client. */
  readersEach?: number
  /** How long each writer rests after a message. */
  pauseMs?: number
  /** How long a client of ours waits for an answer. */
  patienceMs?: number
  /** Another address at which the bare streams are read. */
  readAt?: string
  signal: AbortSignal
}

export interface Traffic extends AsyncDisposable {
  /** Once every message was acknowledged. */
  written: Promise<void>
  readers: readonly Reader[]
  stored(): number
  untilStored(count: number): Promise<void>
  /** Sendings of which their writers did not know whether they had arrived. */
  unanswered(): number
  whyUnanswered(): string[]
  /** How many messages another service has been told of. */
  counted(): Promise<number>
  /** Ends it and compares all that was acknowledged and seen with what is kept, once that has come or stands still for `stuckMs`. */
  compare(patience: { stuckMs: number }): Promise<Problem[]>
}
