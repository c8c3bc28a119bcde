import { messagePosted } from '@candor/contracts/chat/events'
import { eventStream } from '@candor/contracts/subjects'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { settle } from '@candor/testing/settle'
import type { EndState, Kept } from './check/history.ts'
import type { Business } from './load/open-business.ts'
import type { Platform } from './platform/start-platform.ts'

/**
 * Closes every conversation and reads what is kept of it: by chat, by the archive, and by the event stream, once each is
 * said to have it all. What does not come within `deadlineMs` is missing.
 */
export async function readEndState(
  platform: Platform,
  { owner, conversations }: Business,
  deadlineMs: number,
): Promise<EndState> {
  const { candor } = owner
  const endsAt = performance.now() + deadlineMs
  const leftMs = () => Math.max(1_000, endsAt - performance.now())
  const kept: EndState['conversations'] = {}
  const ids = new Map<string, Kept>()
  const archive: EndState['conversations'] = {}
  for (const { id: conversationId } of conversations) {
    await settle(() => candor.chat.closeConversation.mutate({ conversationId }), leftMs())
    kept[conversationId] = []
    for (let last = 0, isMore = true; isMore;) {
      const page = await settle(
        () => candor.chat.listMessages.query({ conversationId, afterSeq: last, limit: 200 }),
        leftMs(),
      )
      for (const message of page.messages) {
        const one = keptOf(message)
        kept[conversationId].push(one)
        ids.set(message.id, one)
      }
      last = page.messages.at(-1)?.seq ?? last
      isMore = page.messages.length > 0
    }
  }
  const texts = Object.values(kept)
    .flat()
    .filter(({ text }) => text !== null).length
  const used = async () => (await candor.billing.getUsage.query()).messages.used
  const until = async (check: () => Promise<void>) => settle(check, leftMs()).catch(() => {})
  await until(async () => {
    if ((await used()) < texts) throw new Error('billing is not there yet')
  })
  for (const { id: conversationId } of conversations) {
    await until(async () => {
      const { entries } = await candor.transcripts.getTranscript.query({ conversationId })
      archive[conversationId] = entries.map(keptOf)
    })
  }
  return {
    conversations: kept,
    copies: { archive, events: await readStream(platform, ids) },
    counted: { billing: await settle(used, leftMs()) },
  }
}

function keptOf({ seq, text, notice }: { seq: number; text: string; notice: unknown }): Kept {
  return { seq, text: notice ? null : text }
}

/** What the stream tells of messages, in its order. An event that it holds twice, as it may, is one to its listeners. */
async function readStream({ broker }: Platform, ids: Map<string, Kept>): Promise<EndState['conversations']> {
  const copy: EndState['conversations'] = {}
  const seen = new Set<string>()
  const admin = await broker.connectAdmin()
  try {
    const { state } = await (await jetstreamManager(admin)).streams.info(eventStream)
    const consumer = await jetstream(admin).consumers.get(eventStream, {
      filter_subjects: messagePosted.subject,
    })
    if ((await consumer.info()).num_pending === 0) return copy
    for await (const message of await consumer.consume()) {
      const { id, payload } = message.json<{
        id: string
        payload: { conversationId: string; messageId: string; seq: number }
      }>()
      if (!seen.has(id)) {
        const { conversationId, messageId, seq } = payload
        const text = ids.has(messageId) ? ids.get(messageId)!.text : 'unknown'
        ;(copy[conversationId] ??= []).push({ seq, text })
      }
      seen.add(id)
      if (message.info.pending === 0 || message.seq >= state.last_seq) break
    }
    return copy
  } finally {
    await admin.close()
  }
}
