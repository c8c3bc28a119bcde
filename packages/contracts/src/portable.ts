import { z } from 'zod'
import { Channel, ContactDetail, contactDetailsMax, Notice } from './chat/schemas.ts'
import { Email, Id, PersonName, printable, prose, Time } from './fields.ts'

/** Who wrote an entry, by name: ids mean nothing elsewhere. */
const PortableAuthor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor') }),
  z.object({ kind: z.literal('staff'), name: z.string().max(120) }),
  z.object({ kind: z.literal('system') }),
])

export const PortableEntry = z.object({
  seq: z.number().int().min(1).max(2_147_483_647),
  author: PortableAuthor,
  text: prose(0, 4_000),
  notice: Notice.nullable(),
  createdAt: Time,
})
export type PortableEntry = z.infer<typeof PortableEntry>

/** Names a contact or conversation within one bundle. */
const Ref = z.string().regex(/^[a-z][0-9]{1,9}$/)

const contactFields = {
  name: PersonName.nullable(),
  email: Email.nullable(),
  phone: printable(0, 40).nullable(),
  details: z.array(ContactDetail).max(contactDetailsMax).default([]),
  createdAt: Time,
}

const conversationFields = {
  channel: Channel.default('chat'),
  status: z.enum(['waiting', 'open', 'closed']),
  page: printable(0, 500).nullable(),
  startedAt: Time,
  updatedAt: Time,
  closedAt: Time.nullable(),
  /** How many messages the whole conversation has; a file may hold a part of them. */
  lastSeq: z.number().int().min(0).max(2_147_483_647),
  messages: z.array(PortableEntry),
}

const transcriptFields = {
  channel: Channel.default('chat'),
  contactName: PersonName.nullable(),
  contactEmail: Email.nullable(),
  startedAt: Time,
  closedAt: Time,
  archivedAt: Time,
  entries: z.array(PortableEntry),
}

/**
 * One file of a portability bundle (GDPR article 20). A conversation or transcript that is too long for one file goes
 * on in the next, under the same `ref`; everything else of it is repeated there.
 */
export const PortableFile = z.object({
  format: z.literal('candor-portability'),
  version: z.literal(1),
  contacts: z.array(z.object({ ref: Ref, ...contactFields })),
  conversations: z.array(z.object({ ref: Ref, contact: Ref, ...conversationFields })),
  transcripts: z.array(z.object({ conversation: Ref, contact: Ref, ...transcriptFields })),
})
export type PortableFile = z.infer<typeof PortableFile>

/** The same as services hold it, with the ids by which they know each thing. */
export const HeldContact = z.object({ id: Id, visitorId: Id, ...contactFields })
export type HeldContact = z.infer<typeof HeldContact>
export const HeldConversation = z.object({ id: Id, contactId: Id, ...conversationFields })
export type HeldConversation = z.infer<typeof HeldConversation>
export const HeldTranscript = z.object({
  conversationId: Id,
  contactId: Id,
  visitorId: Id,
  ...transcriptFields,
})
export type HeldTranscript = z.infer<typeof HeldTranscript>

/** What the manifest of a bundle says, signed. */
export const PortabilityManifest = z.object({
  format: z.literal('candor-portability'),
  version: z.literal(1),
  requestId: Id,
  business: z.string(),
  generatedAt: Time,
  files: z
    .array(z.object({ name: z.string().max(80), bytes: z.number().int(), sha256: z.string() }))
    .max(10_000),
})
export type PortabilityManifest = z.infer<typeof PortabilityManifest>
