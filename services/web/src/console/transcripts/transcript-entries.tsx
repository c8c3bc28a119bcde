import type { Notice } from '@candor/contracts/chat/schemas'
import type { TranscriptEntry } from '@candor/contracts/transcripts/schemas'
import { Time } from '../../ui/time.tsx'
import { noticeText } from '../notice-text.ts'

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
        <li
          key={entry.seq}
          className="grid items-baseline gap-x-6 gap-y-0.5 px-5 py-3.5 sm:grid-cols-[9rem_1fr] sm:px-6"
        >
          {entry.notice ? (
            <Note entry={entry} notice={entry.notice} />
          ) : (
            <Line entry={entry} contactName={contactName} />
          )}
        </li>
      ))}
    </ol>
  )
}

function Line({ entry, contactName }: { entry: TranscriptEntry; contactName: string }) {
  const { author, text, createdAt } = entry
  const isStaff = author.kind === 'staff'
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className={isStaff ? 'font-semibold text-brand-text' : 'font-semibold'}>
          {author.kind === 'system' ? 'Candor' : (author.name ?? contactName)}
        </span>
        <span className="text-muted">
          <Time at={createdAt} as="time" />
        </span>
      </p>
      <p className="min-w-0 break-words whitespace-pre-wrap">{text}</p>
    </>
  )
}

/** Nobody said it: it tells what happened to the conversation. */
function Note({ entry, notice }: { entry: TranscriptEntry; notice: Notice }) {
  return (
    <p className="text-sm text-muted sm:col-start-2">
      {noticeText(notice, entry.author)} <span aria-hidden="true">·</span>{' '}
      <Time at={entry.createdAt} as="time" />
    </p>
  )
}
