import type { PortableEntry, PortableFile } from '@candor/contracts/portable'

/** One thing that has to stand in some file, with the contact it belongs to. */
export interface Piece {
  contact: string
  add: {
    contact?: PortableContact
    conversation?: Omit<PortableFile['conversations'][number], 'contact'>
    transcript?: Omit<PortableFile['transcripts'][number], 'contact'>
  }
}

type PortableContact = Omit<PortableFile['contacts'][number], 'ref'>

/** Puts pieces into files that any door takes. A file names the contacts of all that stands in it. */
export function splitIntoFiles(
  pieces: readonly Piece[],
  contacts: ReadonlyMap<string, PortableContact>,
): PortableFile[] {
  const files: PortableFile[] = []
  let bytes = Infinity
  for (const { contact, add } of pieces) {
    const size = Buffer.byteLength(JSON.stringify(add))
    if (bytes + size > fileBytesMax) {
      files.push({
        format: 'candor-portability',
        version: 1,
        contacts: [],
        conversations: [],
        transcripts: [],
      })
      bytes = 0
    }
    bytes += size
    const file = files.at(-1)!
    if (!file.contacts.some(({ ref }) => ref === contact))
      file.contacts.push({ ref: contact, ...contacts.get(contact)! })
    if (add.conversation) file.conversations.push({ ...add.conversation, contact })
    if (add.transcript) file.transcripts.push({ ...add.transcript, contact })
  }
  return files
}

/** Slices that fit a file; of nothing, one empty slice. */
export function sliceEntries(entries: readonly PortableEntry[]): PortableEntry[][] {
  const slices: PortableEntry[][] = [[]]
  let bytes = 0
  for (const entry of entries) {
    const size = Buffer.byteLength(JSON.stringify(entry))
    if (bytes + size > sliceBytesMax) {
      slices.push([])
      bytes = 0
    }
    bytes += size
    slices.at(-1)!.push(entry)
  }
  return slices
}

/** Inside a call it is a text once more, whose quotation marks count twice; the door takes a megabyte. */
const fileBytesMax = 350_000
const sliceBytesMax = 100_000
