import type { Stack } from '../stack.ts'
import { openMailbox } from '../story/mailbox.ts'
import type { Inside } from './inside.ts'
import { searchEverywhere } from './search-everywhere.ts'
import type { Platform } from './world.ts'

/** A platform of ours, as its users reach it and with all its stores open. */
export function platformOf(stack: Stack): Platform & Pick<Inside, 'search'> {
  const databases = Object.fromEntries(
    Object.entries(stack.databases).map(([service, { superuserUrl }]) => [service, superuserUrl]),
  )
  // The mail server's folder is other people's mailboxes: what lies there has left.
  const places = { databases, folders: { stream: stack.folders.stream }, log: stack.log }
  return {
    url: stack.url,
    mailbox: openMailbox(stack.url),
    now: stack.clock.now,
    search: (words) => searchEverywhere(places, words),
  }
}
