import { randomUUID } from 'node:crypto'
import type { Staffed } from './1-sign-up.ts'
import type { Started } from './2-first-click.ts'
import type { Clients } from './clients.ts'
import { same } from './expect.ts'
import { until } from './until.ts'
import { watchConversation } from './watch.ts'
import type { World } from './world.ts'

/** One takes it; messages, typing, delivered and read show at once; the visitor's line is cut and nothing is missed. */
export async function liveChat(
  world: World,
  { asAgent, asOwner }: Staffed,
  { asVisitor, conversationId }: Started,
) {
  const [visitorSees, agentSees] = [
    watchConversation(asVisitor, conversationId),
    watchConversation(asAgent, conversationId),
  ]
  const post = (who: Clients, text: string) =>
    who.chat.postMessage.mutate({ conversationId, text, clientMessageId: randomUUID() })

  same(
    'the status once taken',
    (await asAgent.chat.takeConversation.mutate({ conversationId })).status,
    'open',
  )
  const late = await asOwner.chat.takeConversation.mutate({ conversationId }).catch((err) => err.data.reason)
  same('a second agent who takes it', late, 'conflict')

  await asAgent.chat.setTyping.mutate({ conversationId, typing: true })
  await until('the visitor to see the agent type', () => visitorSees.saw('typing'))
  const { seq } = await post(asAgent, 'It does, in moss green.')
  await asVisitor.chat.markRead.mutate({ conversationId, seq, state: 'delivered' })
  await until('the agent to see it delivered', () => agentSees.markers()?.visitor.delivered === seq)
  await asVisitor.chat.markRead.mutate({ conversationId, seq })
  await until('the agent to see it read', () => agentSees.markers()?.visitor.read === seq)

  world.line.cut()
  for (const text of ['Shall I set one aside', 'for Saturday?', 'We open at nine.']) await post(asAgent, text)
  await until('the visitor to be back', () => visitorSees.seqs().length >= 6)
  world.line.cut()
  await until('the line to stand again', () => post(asVisitor, 'Yes please, Saturday.'))

  const texts = (await asAgent.chat.listMessages.query({ conversationId })).messages
    .filter((m) => !m.notice)
    .map((m) => m.text)
  await until(
    'both to have seen all',
    () => visitorSees.texts().length >= texts.length && agentSees.texts().length >= texts.length,
  )
  same('what the visitor saw', visitorSees.texts(), texts)
  same('what the agent saw', agentSees.texts(), texts)
  same(
    'the numbers the visitor saw',
    visitorSees.seqs(),
    visitorSees.seqs().map((_, index) => index + 1),
  )
  visitorSees.stop()
  agentSees.stop()
  return texts
}
