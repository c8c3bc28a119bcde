import { waitUntil } from '@candor/local/processes/wait-until'
import { createRandom } from '@candor/testing/long-form'
import { checkHistory } from './check/check-history.ts'
import type { Problem } from './check/check-history.ts'
import type { Entry } from './check/history.ts'
import { openBusiness } from './load/open-business.ts'
import { readBare, readByClient } from './load/read.ts'
import type { Reader } from './load/read.ts'
import { write } from './load/write.ts'
import { createNemesis } from './nemesis/nemesis.ts'
import { startPlatform } from './platform/start-platform.ts'
import { readEndState } from './read-end-state.ts'

/**
 * Writes `messages` into conversations that are read live, from both sides of each, while the platform under them is
 * struck `faults` times, evenly over the messages. Then compares all that was acknowledged and seen with what is kept.
 */
export async function runChaos(options: ChaosOptions): Promise<Outcome> {
  const { messages, faults, signal, say } = options
  const startedAt = performance.now()
  await using platform = await startPlatform({ preload: options.preload })
  const business = await openBusiness(platform.url, conversations)
  say(`${conversations} conversations are open`)
  const history: Entry[] = []
  const readers = business.conversations.flatMap(({ id: conversation, visitor }, place): Reader[] => {
    const shared = { conversation, history, url: platform.url }
    return [
      readByClient({ ...shared, person: visitor, reader: `v${place}` }),
      readBare({ ...shared, person: business.owner, reader: `s${place}` }),
    ]
  })
  let stored = 0
  const count = Math.ceil(messages / conversations / 2)
  const onStored = () => void stored++
  const writing = Promise.all(
    business.conversations.flatMap(({ id: conversation, visitor }, place) =>
      [
        { candor: visitor.candor, writer: `v${place}` },
        { candor: business.owner.candor, writer: `s${place}` },
      ].map((writer) => write({ ...writer, conversation, count, history, signal, onStored })),
    ),
  )
  const nemesis = createNemesis(platform, createRandom(options.seed))
  const struck: string[] = []
  for (let fault = 1; fault <= faults && !signal.aborted; fault++) {
    const due = (fault * messages) / (faults + 1)
    await waitUntil('messages to be stored', () => stored >= due || signal.aborted, { deadlineMs: stuckMs })
    if (signal.aborted) break
    struck.push(await nemesis.strike())
    say(`${seconds(startedAt)} ${String(stored).padStart(7)} stored; ${struck.at(-1)}`)
  }
  await writing
  const wroteMs = performance.now() - startedAt
  await nemesis.over()
  say(`${seconds(startedAt)} ${String(stored).padStart(7)} stored; the rest is waited for`)
  const end = await readEndState(platform, business, settleMs)
  const isRead = (reader: Reader, place: number) =>
    reader.lastSeq() >= end.conversations[business.conversations[place >> 1]!.id]!.length
  await waitUntil('readers to see the end', () => readers.every(isRead), { deadlineMs: 30_000 }).catch(
    () => {},
  )
  await Promise.all(readers.map((reader) => reader.stop()))
  return {
    problems: checkHistory(history, end),
    stored,
    unanswered: history.filter(({ type }) => type === 'info').length,
    refused: history.filter(({ type }) => type === 'fail').length,
    struck,
    unexpected: platform.unexpected,
    wroteMs,
    tookMs: performance.now() - startedAt,
  }
}

const conversations = 40
/** No message stored for so long: something does not recover. */
const stuckMs = 60_000
/** How long what follows a message may take once nothing is wrong any more. */
const settleMs = 60_000

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1).padStart(6)} s`
}

export interface ChaosOptions {
  messages: number
  faults: number
  seed: number
  /** A module that each service's process loads first. */
  preload?: string
  signal: AbortSignal
  say: (line: string) => void
}

export interface Outcome {
  problems: Problem[]
  stored: number
  /** Sendings of which nobody knew at first whether they had arrived. */
  unanswered: number
  refused: number
  struck: string[]
  /** Ends of processes that nobody brought about. */
  unexpected: string[]
  wroteMs: number
  tookMs: number
}
