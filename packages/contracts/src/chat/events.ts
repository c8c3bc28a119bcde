import { z } from 'zod'
import { auditedEvent } from '../audit.ts'
import { disposedEvent } from '../disposals.ts'
import { event } from '../event.ts'
import { Id } from '../fields.ts'

export const conversationStarted = event('chat', 'conversation-started', {
  summary: 'A visitor started a conversation.',
  listeners: ['billing', 'privacy'],
  payload: z.object({ conversationId: Id }),
})

export const messagePosted = event('chat', 'message-posted', {
  summary: 'A message was stored.',
  listeners: ['billing'],
  payload: z.object({ conversationId: Id, messageId: Id, seq: z.number().int(), isNotice: z.boolean() }),
})

export const conversationClosed = event('chat', 'conversation-closed', {
  summary: 'A conversation ended; ask `getConversationRecord` for its content.',
  listeners: ['transcripts'],
  payload: z.object({ conversationId: Id }),
})

export const contactChanged = event('chat', 'contact-changed', {
  summary: 'A contact was corrected; copies of the old value must follow.',
  listeners: ['transcripts'],
  payload: z.object({ contactId: Id, conversationIds: z.array(Id) }),
})

export const contactsMerged = event('chat', 'contacts-merged', {
  summary: 'Staff made one contact of two: what names `formerId` is of `contactId` now.',
  listeners: ['transcripts'],
  payload: z.object({ contactId: Id, formerId: Id, conversationIds: z.array(Id) }),
})

export const chatAudited = auditedEvent('chat')
export const chatDisposed = disposedEvent('chat')
