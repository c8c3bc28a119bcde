import { PortableFile } from '@candor/contracts/portable'
import type { HeldContact } from '@candor/contracts/portable'
import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import { badInput } from '@candor/rpc/service-error'
import { findPublicKey } from '../../store/signing-keys.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from './build-bundle.ts'
import { readManifest } from './manifest.ts'

/**
 * Takes in one file. Each thing gets an id that follows from the business, the bundle and its number there: the files
 * of a bundle fit together in any order, and one that is taken in again changes nothing.
 */
export async function importBundle(
  deps: Deps,
  { tenantId }: CallerOf<Row>,
  { manifest: jws, publicKey, name, content }: InputOf<Row>,
): Promise<OutputOf<Row>> {
  const { manifest, signedHere } = await readManifest(jws, publicKey, (kid) => findPublicKey(deps.db, kid))
  const named = manifest.files.find((file) => file.name === name)
  if (!named || named.sha256 !== sha256(content))
    throw badInput('content', 'is not the file that the manifest names')
  const { contacts, conversations, transcripts } = parseFile(content)
  const idOf = (ref: string, at: string) => derivedId(`${tenantId}|${sha256(jws)}|${ref}`, at)
  const held = new Map<string, HeldContact>(
    contacts.map(({ ref, ...contact }) => [
      ref,
      {
        ...contact,
        id: idOf(ref, contact.createdAt),
        visitorId: idOf(`visitor of ${ref}`, contact.createdAt),
      },
    ]),
  )
  const contactOf = (ref: string) => {
    const contact = held.get(ref)
    if (!contact) throw badInput('content', `names no contact ${ref}`)
    return contact
  }
  for (const contact of held.values())
    await deps.chat.importConversation.mutate({ tenantId, contact, conversation: null })
  for (const { ref, contact: of, ...rest } of conversations) {
    const contact = contactOf(of)
    const conversation = { ...rest, id: idOf(ref, rest.startedAt), contactId: contact.id }
    await deps.chat.importConversation.mutate({ tenantId, contact, conversation })
  }
  for (const { conversation, contact: of, ...rest } of transcripts) {
    const { id: contactId, visitorId } = contactOf(of)
    const transcript = { ...rest, conversationId: idOf(conversation, rest.startedAt), contactId, visitorId }
    await deps.transcripts.importTranscript.mutate({ tenantId, transcript })
  }
  return {
    contacts: contacts.length,
    conversations: conversations.length,
    transcripts: transcripts.length,
    signedHere,
  }
}

type Row = (typeof privacy)['procedures']['importBundle']

function parseFile(content: string): PortableFile {
  try {
    return PortableFile.parse(JSON.parse(content))
  } catch {
    throw badInput('content', 'does not follow the published schema')
  }
}

/** Version 7 (RFC 9562) of the thing's own time: conversations are stored by the month in their id. */
function derivedId(text: string, at: string): string {
  const time = new Date(at).getTime().toString(16).padStart(12, '0')
  const hash = sha256(text)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}
