import type { TranscriptEntry } from '@candor/contracts/transcripts/schemas'
import { Time } from '../../ui/time.tsx'

/** A transcript reads like a script: who, when, what. */
export function TranscriptEntries({
  entries,
  contactName,
}: {
  entries: TranscriptEntry[]
  contactName: string
}) {
  return (
    <ol aria-label="Messages" className="card divide-y divide-line shadow-card">
      {entries.map((entry) => (
        <li key={entry.seq} className="grid gap-x-6 gap-y-0.5 px-5 py-3.5 sm:grid-cols-[9rem_1fr] sm:px-6">
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <span
              className={entry.author.kind === 'staff' ? 'font-semibold text-brand-text' : 'font-semibold'}
            >
              {authorName(entry, contactName)}
            </span>
            <span className="text-muted">
              <Time at={entry.createdAt} as="time" />
            </span>
          </p>
          <p
            className={`break-words whitespace-pre-wrap ${entry.author.kind === 'system' ? 'text-[0.9375rem] text-muted' : ''}`}
          >
            {entry.text}
          </p>
        </li>
      ))}
    </ol>
  )
}

function authorName({ author }: TranscriptEntry, contactName: string): string {
  if (author.kind === 'system') return 'Candor'
  return author.kind === 'staff' ? author.name : (author.name ?? contactName)
}
