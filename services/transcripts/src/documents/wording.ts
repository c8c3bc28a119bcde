import type { TranscriptEntry } from '@candor/contracts/transcripts/schemas'

/** A moment as documents show it: `21 November 2026 at 14:05 UTC`. */
export function longTime(iso: string): string {
  return `${longFormat.format(new Date(iso))} UTC`
}

/** The same beside an entry, where the zone has been said: `21 Nov 2026, 14:05`. */
export function shortTime(iso: string): string {
  return shortFormat.format(new Date(iso))
}

/** Who wrote an entry; null for what nobody in particular wrote. */
export function writerOf({ author }: TranscriptEntry, visitor: string): string | null {
  if (author.kind === 'visitor') return visitor
  return author.kind === 'staff' ? author.name || 'Staff' : null
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
