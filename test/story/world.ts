import { randomBytes } from 'node:crypto'
import type { Line } from '@candor/testing/line'
import type { Mailbox } from './mailbox.ts'

/** Where the story plays, and its people. */
export function createWorld(place: { url: string; mailbox: Mailbox; line: Line }) {
  return { ...place, ...createPeople() }
}

/** New ones each time, so that the story can be told again and again. */
export function createPeople() {
  const tag = randomBytes(4).toString('hex')
  return {
    tag,
    company: `Rosie's Bicycles ${tag}`,
    owner: { name: 'Rosie Marsh', email: `rosie-${tag}@example.com`, password: `pedals and ${tag} bells` },
    agent: { name: 'Anton Weber', email: `anton-${tag}@example.com`, password: `spokes with ${tag} rims` },
    visitor: { name: 'Mina Okafor', email: `mina-${tag}@example.net` },
  }
}

export type World = ReturnType<typeof createWorld>
export type People = ReturnType<typeof createPeople>
