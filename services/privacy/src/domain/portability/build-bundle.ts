import { createHash } from 'node:crypto'
import type {
  HeldContact,
  HeldConversation,
  HeldTranscript,
  PortabilityManifest,
  PortableEntry,
  PortableFile,
} from '@candor/contracts/portable'
import { sliceEntries, splitIntoFiles } from './split-files.ts'
import type { Piece } from './split-files.ts'

/** What the services hold of a person. */
export interface Held {
  contacts: HeldContact[]
  conversations: HeldConversation[]
  transcripts: HeldTranscript[]
}

/**
 * Turns what is held into files. Ids become numbers in order of time, so that the same data gives the same files
 * wherever it is held.
 */
export function buildFiles(held: Held): BundleFile[] {
  const contacts = withContactsOfTranscripts(held)
  const contactRefs = number(
    'c',
    contacts,
    (one) => [one.createdAt, one.email, one.name],
    ({ id }) => id,
  )
  const started = [
    ...held.conversations.map(({ id, startedAt, closedAt }) => ({ id, startedAt, closedAt })),
    ...held.transcripts.map(({ conversationId: id, startedAt, closedAt }) => ({ id, startedAt, closedAt })),
  ]
  const refs = number(
    'v',
    started,
    (one) => [one.startedAt, one.closedAt],
    ({ id }) => id,
  )
  const told = contacts.map(({ id, name, email, phone, details, createdAt }) => ({
    ref: contactRefs.get(id)!,
    contact: { name, email, phone, details, createdAt },
  }))
  const pieces: Piece[] = [
    ...told.map(({ ref, contact }) => ({ contact: ref, add: { contact } })),
    ...held.conversations.flatMap(({ id, contactId, messages, ...rest }) =>
      sliceEntries(messages).map((slice) => ({
        contact: contactRefs.get(contactId)!,
        add: { conversation: { ref: refs.get(id)!, ...rest, messages: slice } },
      })),
    ),
    ...held.transcripts.flatMap((transcript) =>
      sliceEntries(transcript.entries).map((entries) => ({
        contact: contactRefs.get(transcript.contactId)!,
        add: { transcript: toPortable(transcript, refs.get(transcript.conversationId)!, entries) },
      })),
    ),
  ]
  const byRef = new Map(told.map(({ ref, contact }) => [ref, contact]))
  return splitIntoFiles(pieces, byRef).map((file, at) => ({
    name: `candor-${String(at + 1).padStart(4, '0')}.json`,
    content: JSON.stringify(file satisfies PortableFile),
  }))
}

/** Names, sizes and hashes: what the manifest signs. */
export function listFiles(files: readonly BundleFile[]): PortabilityManifest['files'] {
  return files.map(({ name, content }) => ({
    name,
    bytes: Buffer.byteLength(content),
    sha256: sha256(content),
  }))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export interface BundleFile {
  name: string
  content: string
}

function toPortable(
  { channel, contactName, contactEmail, startedAt, closedAt, archivedAt }: HeldTranscript,
  conversation: string,
  entries: PortableEntry[],
) {
  return { conversation, channel, contactName, contactEmail, startedAt, closedAt, archivedAt, entries }
}

/** A transcript may outlive its contact: what it says of it is the contact then. */
function withContactsOfTranscripts({ contacts, transcripts }: Held): HeldContact[] {
  const known = new Map(contacts.map((contact) => [contact.id, contact]))
  for (const { contactId: id, visitorId, contactName, contactEmail, startedAt } of transcripts) {
    if (known.has(id)) continue
    known.set(id, {
      id,
      visitorId,
      name: contactName,
      email: contactEmail,
      phone: null,
      details: [],
      createdAt: startedAt,
    })
  }
  return [...known.values()]
}

/** A reference for each id, in order of what `order` names. */
function number<T>(
  letter: string,
  things: readonly T[],
  order: (thing: T) => unknown[],
  idOf: (thing: T) => string,
): Map<string, string> {
  const key = (thing: T) => JSON.stringify(order(thing))
  const sorted = things.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
  const ids = [...new Set(sorted.map(idOf))]
  return new Map(ids.map((id, at) => [id, `${letter}${at + 1}`]))
}
