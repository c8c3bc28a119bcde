import { z } from 'zod'
import { staff, visitor, visitorOrStaff } from '../callers.ts'
import { contract, mutation, query, subscription } from '../contract.ts'
import type { RouterOf } from '../contract.ts'
import { dataHolder } from '../data-holder.ts'
import { Cursor, Email, Id, Limit, PersonName, Seq } from '../fields.ts'
import { operations } from '../operations.ts'
import {
  Channel,
  Contact,
  ContactDetail,
  contactDetailsMax,
  Conversation,
  ConversationRecord,
  ConversationStatus,
  EvidenceOfUse,
  Guarded,
  LiveEvent,
  Markers,
  Message,
  MessageText,
  Phone,
  RecordConversation,
  StartConversation,
} from './schemas.ts'
import { contacts } from './contacts.ts'
import { portability } from './portability.ts'
import { visits } from './visits.ts'

/** What the notice had taken out of the caller's words before they were stored. */
const masked = z.array(Guarded)

/** Conversations between a visitor and a business: messages in order, live, once. */
export const chat = contract('chat', {
  startConversation: mutation({
    summary:
      "Starts a conversation, with a first message if one is given. Name and e-mail are the visitor's choice; another e-mail than the session's earlier one answers `conflict`: that is another person, with a session of their own.",
    access: visitor,
    purpose: 'answer-inquiry',
    input: StartConversation,
    output: z.object({ conversation: Conversation, message: Message.nullable(), masked }),
    errors: ['too-many', 'conflict'],
  }),
  postMessage: mutation({
    summary:
      'Stores a message and shows it to both sides. What the notice promises not to store, such as a card number, is masked before; `masked` tells the writer. Repeating it with the same `clientMessageId` returns the first one. A conversation of 10,000 messages or 1 MB is full.',
    access: visitorOrStaff,
    purpose: 'answer-inquiry',
    input: z.object({ conversationId: Id, clientMessageId: Id, text: MessageText }),
    output: Message.extend({ masked }),
    errors: ['not-found', 'closed', 'conflict', 'no-address'],
  }),
  listMessages: query({
    summary: 'Messages of a conversation in order: the newest, or those after or before a sequence number.',
    access: visitorOrStaff,
    purpose: 'answer-inquiry',
    input: z.object({
      conversationId: Id,
      afterSeq: Seq.optional(),
      beforeSeq: Seq.min(1).optional(),
      limit: Limit.default(100),
    }),
    output: z.object({ messages: z.array(Message), lastSeq: z.number().int() }),
    errors: ['not-found'],
  }),
  live: subscription({
    summary:
      'With a conversation: its messages after `lastEventId`, then new ones as they come, with typing and markers. Without one (staff): every change of the inbox.',
    access: visitorOrStaff,
    purpose: 'answer-inquiry',
    input: z.object({ conversationId: Id.optional(), lastEventId: z.string().max(40).nullish() }),
    output: LiveEvent,
    errors: ['not-found'],
  }),
  listConversations: query({
    summary: 'Staff: the inbox, latest change first. Visitor: their own chats.',
    access: visitorOrStaff,
    purpose: 'answer-inquiry',
    input: z.object({
      status: ConversationStatus.optional(),
      channel: Channel.optional(),
      assignee: z.enum(['me', 'nobody', 'anybody']).default('anybody'),
      cursor: Cursor.optional(),
      limit: Limit.default(50),
    }),
    output: z.object({ conversations: z.array(Conversation), nextCursor: Cursor.nullable() }),
  }),
  recordConversation: mutation({
    summary:
      'Writes down a call or what was exchanged elsewhere as a closed conversation of that channel. It is kept from its last entry on, and its contact never sees it in the chat.',
    access: staff,
    purpose: 'answer-inquiry',
    input: RecordConversation,
    output: Conversation.extend({ masked }),
    errors: ['not-found', 'conflict', 'closed'],
  }),
  takeConversation: mutation({
    summary:
      'Makes the caller its agent. Taking it twice is harmless; one that a colleague holds answers `conflict`.',
    access: staff,
    purpose: 'answer-inquiry',
    input: z.object({ conversationId: Id }),
    output: Conversation,
    errors: ['not-found', 'conflict', 'closed'],
  }),
  closeConversation: mutation({
    summary: 'Ends a conversation; its transcript is archived. Closing it twice is harmless.',
    access: visitorOrStaff,
    purpose: 'answer-inquiry',
    input: z.object({ conversationId: Id }),
    output: Conversation,
    errors: ['not-found'],
  }),
  markRead: mutation({
    summary: "Moves the caller's side of the markers forward; they never go back.",
    access: visitorOrStaff,
    purpose: 'answer-inquiry',
    input: z.object({
      conversationId: Id,
      seq: Seq,
      state: z.enum(['delivered', 'read']).default('read'),
    }),
    output: Markers,
    errors: ['not-found'],
  }),
  setTyping: mutation({
    summary: 'Shows the other side that somebody is typing. Stored nowhere.',
    access: visitorOrStaff,
    purpose: 'answer-inquiry',
    input: z.object({ conversationId: Id, typing: z.boolean() }),
    output: z.object({}),
    errors: ['not-found'],
  }),
  getContact: query({
    summary: 'What is known of a contact. The id of one that was merged leads to the one it became.',
    access: staff,
    purpose: 'answer-inquiry',
    input: z.object({ contactId: Id }),
    output: Contact,
    errors: ['not-found'],
  }),
  updateContact: mutation({
    summary:
      'Corrects a contact. A field left out stays, null removes it, `details` replaces all of them. An address that another contact of the staff has answers `conflict`.',
    access: staff,
    purpose: 'answer-inquiry',
    input: z.object({
      contactId: Id,
      name: PersonName.nullish(),
      email: Email.nullish(),
      phone: Phone.nullish(),
      details: z.array(ContactDetail).max(contactDetailsMax).optional(),
    }),
    output: Contact.extend({ masked }),
    errors: ['not-found', 'conflict'],
  }),
  ...contacts,

  getConversationRecord: query({
    summary: 'A whole conversation, for the archive.',
    access: ['transcripts'],
    purpose: 'keep-record',
    input: z.object({ tenantId: Id, conversationId: Id }),
    output: ConversationRecord.nullable(),
  }),
  ...visits,
  ...portability,
  getEvidenceOfUse: query({
    summary: 'Who began a conversation, for notices that keep evidence of use.',
    access: ['privacy'],
    purpose: 'keep-evidence',
    input: z.object({ tenantId: Id, conversationId: Id }),
    output: EvidenceOfUse.nullable(),
  }),
  ...dataHolder,
  ...operations,
})

export type ChatRouter = RouterOf<typeof chat>
