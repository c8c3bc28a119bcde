import type { AccountEntry } from '../domain/account.ts'

/** A moment as documents show it: `21 November 2026 at 14:05 UTC`. */
export function longTime(iso: string): string {
  return `${longFormat.format(new Date(iso))} UTC`
}

/** The same beside an entry, where the zone has been said: `21 Nov 2026, 14:05`. */
export function shortTime(iso: string): string {
  return shortFormat.format(new Date(iso))
}

/** Who wrote an entry, under the word that stands for the visitor. */
export function writerOf({ author }: AccountEntry, visitor: string): string {
  if (author.kind === 'visitor') return visitor
  return author.kind === 'staff' && author.name ? author.name : 'Staff'
}

/** The sentence that stands for an entry nobody typed; null for what was written. */
export function eventOf(entry: AccountEntry, visitor: string): string | null {
  if (entry.author.kind === 'system') return entry.text
  if (entry.notice === 'taken') return `${writerOf(entry, visitor)} joined the conversation`
  return entry.notice === 'closed' ? `${writerOf(entry, visitor)} closed the conversation` : null
}

/** Lines as one platform ends them. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/)
}

const longFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})
const shortFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
})
