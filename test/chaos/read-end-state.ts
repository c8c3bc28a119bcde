import { settle } from '@candor/testing/settle'
import type { EndState, Kept } from './check/history.ts'
import type { Business } from './load/open-business.ts'
import type { Reached } from './platform/start-platform.ts'
import { readStream } from './read-stream.ts'

/**
 * Closes every conversation and reads what is kept of it: by chat, by the archive, by billing's count and by the event
 * stream. Others are waited for as long as they come nearer: what has stood still for `stuckMs` is missing.
 */
export async function readEndState(
  platform: Reached,
  { owner, conversations }: Business,
  stuckMs: number,
): Promise<EndState> {
  const { candor } = owner
  const again = <T>(ask: () => Promise<T>) => settle(ask, 60_000)
  const kept: EndState['conversations'] = {}
  const ids = new Map<string, Kept>()
  for (const { id: conversationId } of conversations) {
    await again(() => candor.chat.closeConversation.mutate({ conversationId }))
    const own: Kept[] = (kept[conversationId] = [])
    for (let lastSeq = Infinity; own.length < lastSeq;) {
      const input = { conversationId, afterSeq: own.at(-1)?.seq ?? 0, limit: 200 }
      const page = await again(() => candor.chat.listMessages.query(input))
      if (page.messages.length === 0) break
      lastSeq = page.lastSeq
      for (const message of page.messages) {
        own.push(keptOf(message))
        ids.set(message.id, own.at(-1)!)
      }
    }
  }
  const written = [...ids.values()].filter(({ text }) => text !== null).length
  const used = async () => (await candor.billing.getUsage.query()).messages.used
  await untilStill(async () => Math.min(written, await used()), written, stuckMs)
  const archive: EndState['conversations'] = {}
  const archiveMore = async () => {
    for (const { id: conversationId } of conversations) {
      if (archive[conversationId]) continue
      const { entries } = await candor.transcripts.getTranscript.query({ conversationId })
      archive[conversationId] = entries.map(keptOf)
    }
    return Object.keys(archive).length
  }
  await untilStill(
    () => archiveMore().catch(() => Object.keys(archive).length),
    conversations.length,
    stuckMs,
  )
  const events = () => readStream(platform.broker, ids)
  return {
    conversations: kept,
    copies: { archive, events: await again(events) },
    counted: { billing: await again(used) },
  }
}

function keptOf({ seq, text, notice }: { seq: number; text: string; notice: unknown }): Kept {
  return { seq, text: notice ? null : text }
}

/** Until the number is what it should be, or has not changed for so long. */
async function untilStill(count: () => Promise<number>, goal: number, stuckMs: number): Promise<void> {
  let last = -1
  const onwards = async () => {
    const now = await count()
    if (now === last) throw new Error(`it stands at ${now} of ${goal}`)
    last = now
  }
  while (last !== goal) {
    const moved = await settle(onwards, stuckMs).then(
      () => true,
      () => false,
    )
    if (!moved) return
  }
}
