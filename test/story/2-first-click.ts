import { randomUUID } from 'node:crypto'
import { clientsOf } from './clients.ts'
import { same } from './expect.ts'
import type { Staffed } from './1-sign-up.ts'
import { until } from './until.ts'
import type { World } from './world.ts'
import { watchInbox } from './watch.ts'

/** A visitor clicks, gives name and mail, and writes; another gives neither. Staff see both appear. */
export async function firstClick(world: World, { asAgent, business }: Staffed) {
  const inbox = watchInbox(asAgent)
  await until('the inbox to be watched', () => inbox.isOpen())
  const anyone = clientsOf(world.url)
  const session = await anyone.identity.startVisitorSession.mutate({ widgetKey: business.widgetKey })
  same('whom the visitor writes to', session.business.name, world.company)

  const asVisitor = clientsOf(world.line.url, session.accessToken)
  const start = {
    ...world.visitor,
    text: 'Does the Swift come in green?',
    clientMessageId: randomUUID(),
    page: '/bikes/swift',
  }
  const { conversation } = await asVisitor.chat.startConversation.mutate(start)
  const repeated = await asVisitor.chat.startConversation.mutate(start)
  same('a start that is sent twice', repeated.conversation.id, conversation.id)

  const shy = await anyone.identity.startVisitorSession.mutate({ widgetKey: business.widgetKey })
  const asShy = clientsOf(world.url, shy.accessToken)
  const anonymous = await asShy.chat.startConversation.mutate({ text: 'Just looking' })
  same(
    'who gave neither name nor mail',
    anonymous.conversation.contact.email ?? anonymous.conversation.contact.name,
    null,
  )

  await until(
    'both conversations in the inbox',
    () => inbox.has(conversation.id) && inbox.has(anonymous.conversation.id),
  )
  inbox.stop()
  return {
    asVisitor,
    visitorSession: session,
    conversationId: conversation.id,
    asShy,
    anonymousId: anonymous.conversation.id,
  }
}

export type Started = Awaited<ReturnType<typeof firstClick>>
