import { on } from 'node:events'
import { chat } from '@candor/contracts/chat'
import type { LiveEvent } from '@candor/contracts/chat/schemas'
import { identity } from '@candor/contracts/identity'
import { transcripts } from '@candor/contracts/transcripts'
import { tracked } from '@trpc/server'
import type { ChatModel, Held } from './chat-model.ts'
import { asAnyone, asVisitor, refusal, t } from './procedure.ts'
import type { SessionModel } from './session-model.ts'

export const widgetKey = 'wk_harbour'
export const business = { name: 'Harbour Bikes', slug: 'harbour-bikes' }

/** What the notice of the business says of age. */
export const ageNote = 'This chat is for people aged 16 and over.'

export const whyAsked = 'What you give here is for: answering you.'

/** The rows that a visitor's client calls, on the inputs of the contracts. */
export function createRouters(model: ChatModel, sessions: SessionModel) {
  const own = (visitorId: string, conversationId: string): Held => {
    const found = model.find(conversationId)
    if (found?.visitorId !== visitorId) throw refusal('not-found')
    return found
  }
  return {
    identity: t.router({
      startVisitorSession: asAnyone
        .input(identity.procedures.startVisitorSession.input)
        .mutation(({ input }) => {
          if (input.widgetKey !== widgetKey) throw refusal('not-found')
          return { ...sessions.start(), business: { ...business, ageNote, whyAsked } }
        }),
      refreshSession: asAnyone.input(identity.procedures.refreshSession.input).mutation(({ input }) => {
        const tokens = sessions.exchange(input.refreshToken)
        if (tokens === null) throw refusal('bad-credentials')
        return tokens
      }),
    }),
    chat: t.router({
      startConversation: asVisitor
        .input(chat.procedures.startConversation.input)
        .mutation(({ ctx, input }) => {
          const repeated = model
            .all()
            .find(({ messages }) => messages[0]?.clientMessageId === input.clientMessageId)
          if (repeated) return { conversation: repeated.conversation, message: repeated.messages[0] ?? null }
          const conversation = model.start(ctx.visitorId, input)
          const author = { kind: 'visitor', name: input.name ?? null } as const
          const { text, clientMessageId } = input
          const message =
            text === undefined ? null : model.post(conversation.id, { author, text, clientMessageId })
          return { conversation, message }
        }),
      postMessage: asVisitor.input(chat.procedures.postMessage.input).mutation(({ ctx, input }) => {
        const { conversation } = own(ctx.visitorId, input.conversationId)
        if (conversation.status === 'closed') throw refusal('closed')
        return model.post(conversation.id, {
          author: { kind: 'visitor', name: conversation.contact.name },
          text: input.text,
          clientMessageId: input.clientMessageId,
        })
      }),
      listMessages: asVisitor.input(chat.procedures.listMessages.input).query(({ ctx, input }) => {
        const { messages } = own(ctx.visitorId, input.conversationId)
        const after = messages.filter(({ seq }) => seq > (input.afterSeq ?? 0))
        return { messages: after.slice(0, input.limit), lastSeq: messages.length }
      }),
      markRead: asVisitor.input(chat.procedures.markRead.input).mutation(({ ctx, input }) => {
        own(ctx.visitorId, input.conversationId)
        return model.mark(input.conversationId, 'visitor', input.state, input.seq)
      }),
      setTyping: asVisitor.input(chat.procedures.setTyping.input).mutation(({ ctx, input }) => {
        own(ctx.visitorId, input.conversationId)
        model.type(input.conversationId, 'visitor', input.typing)
        return {}
      }),
      live: asVisitor.input(chat.procedures.live.input).subscription(async function* ({
        ctx,
        input,
        signal,
      }) {
        const { conversation, messages } = own(ctx.visitorId, input.conversationId ?? '')
        const events = on(model.emitter, conversation.id, { signal }) as AsyncIterable<[LiveEvent | Error]>
        let sent = Number(input.lastEventId ?? 0)
        const track = (event: LiveEvent) => tracked(String(sent), event)
        if (sent > messages.length) {
          sent = 0
          yield track({ type: 'reset', reason: 'unknown-position' })
        }
        for (const message of messages.slice(sent)) {
          sent = message.seq
          yield track({ type: 'message', message })
        }
        yield track({ type: 'conversation', conversation })
        yield track({ type: 'markers', conversationId: conversation.id, markers: conversation.markers })
        for await (const [event] of events) {
          if (event instanceof Error) throw event
          if (event.type === 'message') sent = event.message.seq
          yield track(event)
        }
      }),
    }),
    transcripts: t.router({
      downloadTranscript: asVisitor
        .input(transcripts.procedures.downloadTranscript.input)
        .query(({ ctx, input }) => {
          const { messages } = own(ctx.visitorId, input.conversationId)
          const content = messages.map((message) => message.text).join('\n')
          return { filename: 'conversation.txt', mediaType: 'text/plain', encoding: 'utf8', content }
        }),
      rateConversation: asVisitor
        .input(transcripts.procedures.rateConversation.input)
        .mutation(({ ctx, input }) => {
          const held = own(ctx.visitorId, input.conversationId)
          if (!held.isArchived) throw refusal('not-found')
          if (held.rating !== null) throw refusal('conflict')
          held.rating = input.rating
          return { counted: true }
        }),
    }),
  }
}
