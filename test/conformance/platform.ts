import type { Stack } from '../stack.ts'
import { openMailbox } from '../story/mailbox.ts'
import type { Inside } from './inside.ts'
import { searchStores } from './search-everywhere.ts'
import type { Platform } from './world.ts'

/** A platform of ours, as its users reach it and with all its stores open. */
export function platformOf(stack: Stack): Platform & Pick<Inside, 'search'> {
  return {
    url: stack.url,
    mailbox: openMailbox(stack.url),
    now: stack.clock.now,
    search: (words) => searchStores(stack, words),
  }
}
