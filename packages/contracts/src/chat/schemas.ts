import { z } from 'zod'
import { Email, Id, PersonName, printable, prose, Time } from '../fields.ts'
import { channels } from '../policy/categories.ts'

export const messageTextMax = 4000
/** Text of a message as a visitor or agent types it. */
export const MessageText = prose(1, messageTextMax)

/** What a notice may promise not to store: a mark stands in its place. */
export const Guarded = z.enum(['card-number', 'iban', 'national-id', 'keyword'])
export type Guarded = z.infer<typeof Guarded>

export const Author = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor'), name: z.string().nullable() }),
  z.object({ kind: z.literal('staff'), userId: Id, name: z.string() }),
  z.object({ kind: z.literal('system') }),
])
export type Author = z.infer<typeof Author>

export const Notice = z.enum(['taken', 'closed'])
export type Notice = z.infer<typeof Notice>

/** `seq` counts from 1 inside its conversation without gaps: it is the order, and the place to resume from. */
export const Message = z.object({
  id: Id,
  conversationId: Id,
  seq: z.number().int().min(1),
  author: Author,
  text: z.string(),
  /** Set where the entry is no text but a fact: its author took or closed the conversation; `text` is empty then. */
  notice: Notice.nullable(),
  clientMessageId: Id,
  createdAt: Time,
})
export type Message = z.infer<typeof Message>

/** How far each side has received and read, as sequence numbers. */
export const Markers = z.object({
  visitor: z.object({ delivered: z.number().int(), read: z.number().int() }),
  staff: z.object({ delivered: z.number().int(), read: z.number().int() }),
})
export type Markers = z.infer<typeof Markers>

/** How a conversation reached the business; each may be kept for a time of its own. */
export const Channel = z.enum(channels)

export const ConversationStatus = z.enum(['waiting', 'open', 'closed'])

export const Conversation = z.object({
  id: Id,
  channel: Channel,
  status: ConversationStatus,
  contact: z.object({ id: Id, name: z.string().nullable(), email: z.string().nullable() }),
  assignee: z.object({ userId: Id, name: z.string() }).nullable(),
  page: z.string().nullable(),
  lastSeq: z.number().int(),
  lastMessage: z.string().nullable(),
  markers: Markers,
  startedAt: Time,
  updatedAt: Time,
  closedAt: Time.nullable(),
})
export type Conversation = z.infer<typeof Conversation>

/** Anything else by which somebody is known or reached, under a name that staff give it. */
export const ContactDetail = z.object({ label: printable(1, 40), value: printable(1, 300) })
export type ContactDetail = z.infer<typeof ContactDetail>
export const contactDetailsMax = 20

export const Contact = z.object({
  id: Id,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  details: z.array(ContactDetail),
  /** Addresses of contacts that staff merged into this one. */
  otherEmails: z.array(z.string()),
  /** A visitor of the chat can claim any address; staff vouch for what they, or mail, brought. */
  origin: z.enum(['visitor', 'staff']),
  createdAt: Time,
  conversationIds: z.array(Id),
})
export type Contact = z.infer<typeof Contact>

export const ListedContact = Contact.omit({ conversationIds: true }).extend({
  conversations: z.number().int(),
  /** Other contacts with the same address or number. */
  sameAs: z.array(Id),
})
export type ListedContact = z.infer<typeof ListedContact>

/** Its form alone; whether such a number can be is checked where it is stored. */
export const Phone = z.string().regex(/^\+?[0-9 ()./-]{4,30}$/, 'digits, spaces and + ( ) . / - only')

export const pageMax = 500
export const StartConversation = z.object({
  name: PersonName.nullish(),
  email: Email.nullish(),
  /** First message. Without it the conversation waits for one. */
  text: MessageText.optional(),
  /** Repeating a start with the same id returns the same conversation. */
  clientMessageId: Id.optional(),
  page: printable(0, pageMax).nullish(),
})
export type StartConversation = z.input<typeof StartConversation>

/** What was said elsewhere, as staff write it down. */
export const RecordConversation = z.object({
  /** Repeating a record with the same id returns the same conversation. */
  recordKey: Id,
  channel: Channel.exclude(['chat']),
  /** A contact by its id, else one that staff already have under the address, else a new one. What is given fills what is empty there. */
  contact: z.object({
    contactId: Id.optional(),
    name: PersonName.nullish(),
    email: Email.nullish(),
    phone: Phone.nullish(),
  }),
  /** In the order of their times, none in the future. */
  entries: z
    .array(z.object({ from: z.enum(['visitor', 'staff']), text: MessageText, at: Time }))
    .min(1)
    .max(50),
})
export type RecordConversation = z.infer<typeof RecordConversation>

/** What flows on `live`. `message` events carry their seq as event id; the rest is state, repeated on each connect. */
export const LiveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: Message }),
  z.object({ type: z.literal('conversation'), conversation: Conversation }),
  z.object({ type: z.literal('markers'), conversationId: Id, markers: Markers }),
  z.object({
    type: z.literal('typing'),
    conversationId: Id,
    side: z.enum(['visitor', 'staff']),
    name: z.string().nullable(),
    typing: z.boolean(),
  }),
  /** What the client holds can't be continued: drop it and read again from the start. */
  z.object({ type: z.literal('reset'), reason: z.enum(['unknown-position', 'connected']) }),
  /** The conversation is gone: erased or expired. */
  z.object({ type: z.literal('gone'), conversationId: Id }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

/** Everything transcripts needs of a conversation. */
export const ConversationRecord = z.object({
  conversationId: Id,
  visitorId: Id,
  channel: Channel,
  status: ConversationStatus,
  contact: z.object({ id: Id, name: z.string().nullable(), email: z.string().nullable() }),
  startedAt: Time,
  closedAt: Time.nullable(),
  messages: z.array(Message),
})
export type ConversationRecord = z.infer<typeof ConversationRecord>

export const EvidenceOfUse = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  startedAt: Time,
})
export type EvidenceOfUse = z.infer<typeof EvidenceOfUse>
