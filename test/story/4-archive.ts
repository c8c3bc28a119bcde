import type { Staffed } from './1-sign-up.ts'
import type { Started } from './2-first-click.ts'
import { holds, refusal, same } from './expect.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

/** The agent closes it: archived, found, mailed once, counted. Who gave no address gets no copy. */
export async function archive(world: World, { asAgent }: Staffed, started: Started, texts: string[]) {
  const { conversationId, anonymousId, asVisitor, asShy } = started
  for (const id of [conversationId, anonymousId])
    await asAgent.chat.closeConversation.mutate({ conversationId: id })
  same(
    'a close that is sent twice',
    (await asAgent.chat.closeConversation.mutate({ conversationId })).status,
    'closed',
  )

  const transcript = await until('the transcript', () =>
    asAgent.transcripts.getTranscript.query({ conversationId }).catch(() => undefined),
  )
  same(
    'the archived texts',
    transcript.entries.map(({ text }) => text).filter((text) => texts.includes(text)),
    texts,
  )
  const { hits } = await asAgent.transcripts.searchTranscripts.query({ query: 'moss green' })
  same(
    'what search finds',
    hits.map((hit) => hit.conversationId),
    [conversationId],
  )
  const foreign = asShy.transcripts.downloadTranscript.query({ conversationId })
  same("another visitor's transcript", await refusal('it', foreign), 'not-found')
  const download = await asVisitor.transcripts.downloadTranscript.query({ conversationId, format: 'text' })
  holds('the visitor downloads their own', download.content.includes('moss green'))

  const letter = await world.mailbox.letterTo(world.visitor.email, 'conversation')
  holds(
    'the mailed copy is complete, as text and as HTML',
    texts.every((text) => letter.text.includes(text) && letter.html.includes(text)),
  )
  same('mailed copies', (await world.mailbox.lettersTo(world.visitor.email)).length, 1)

  await until('the usage to be counted', async () => {
    const usage = await asAgent.billing.getUsage.query()
    return usage.conversations.used === 2 && usage.messages.used >= texts.length + 1
  })
}
