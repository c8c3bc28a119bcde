import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createRandom } from '@candor/testing/long-form'
import { waitUntil } from '@candor/local/processes/wait-until'
import type { Entry } from '../check/history.ts'
import { openBusiness } from '../load/open-business.ts'
import type { Conversation } from '../load/open-business.ts'
import { readBare } from '../load/read.ts'
import type { Act } from './act.ts'

/** Somebody begins to follow a conversation in the moment in which a message is posted, and sees it, once. */
export const races: Act = {
  name: 'subscribe while posting',
  async play(platform, { form, seed, signal }) {
    const left = { races: form === 'long' ? 10_000 : 300 }
    const random = createRandom(seed)
    const business = await openBusiness(platform.url, 20)
    const problems: string[] = []
    let run = 0

    async function race({ id: conversation, visitor }: Conversation, position: number): Promise<number> {
      const history: Entry[] = []
      const beginsAfterMs = random() * 15
      const input = { conversationId: conversation, clientMessageId: randomUUID(), text: 'now' }
      const posted = visitor.candor.chat.postMessage.mutate(input)
      await delay(beginsAfterMs)
      const reader = readBare({
        ...{ person: business.owner, conversation, reader: 'r', history, url: platform.url },
        after: position,
      })
      try {
        const { seq } = await posted
        await waitUntil(`message ${seq} to be seen`, () => reader.lastSeq() >= seq, { deadlineMs: missedMs })
        const seen = history.flatMap((entry) => (entry.type === 'saw' ? [entry.seq] : []))
        if (seen.join() !== String(seq)) problems.push(`${seen.join()} were seen instead of ${seq}`)
        return seq
      } finally {
        await reader.stop()
      }
    }

    const runner = async (conversation: Conversation) => {
      for (let position = 0; left.races-- > 0 && !signal.aborted; run++)
        position = await race(conversation, position)
    }
    await Promise.all(business.conversations.map(runner)).catch((err: Error) => problems.push(err.message))
    return { summary: `${run} began to read while a message was posted`, problems }
  },
}

const missedMs = 30_000
