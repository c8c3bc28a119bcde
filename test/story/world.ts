import { randomBytes } from 'node:crypto'
import type { CuttableLine } from './cuttable-line.ts'
import type { Mailbox } from './mailbox.ts'

/** Where the story plays, and its people: new ones each time, so that it can be told again and again. */
export function createWorld(place: { url: string; mailbox: Mailbox; line: CuttableLine }) {
  const tag = randomBytes(4).toString('hex')
  return {
    ...place,
    tag,
    company: `Rosie's Bicycles ${tag}`,
    owner: { name: 'Rosie Marsh', email: `rosie-${tag}@example.com`, password: `pedals and ${tag} bells` },
    agent: { name: 'Anton Weber', email: `anton-${tag}@example.com`, password: `spokes with ${tag} rims` },
    visitor: { name: 'Mina Okafor', email: `mina-${tag}@example.net` },
  }
}

export type World = ReturnType<typeof createWorld>
