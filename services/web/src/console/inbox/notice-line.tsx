import { Archive, Hand } from 'lucide-react'
import { Time } from '../../ui/time.tsx'
import { noticeText } from '../notice-text.ts'
import type { Entry } from './message-rows.ts'

/** What the system noted: somebody took or closed the conversation. */
export function NoticeLine({ entry }: { entry: Entry }) {
  const Icon = entry.notice === 'closed' ? Archive : Hand
  return (
    <p className="mx-auto mt-4 flex w-fit max-w-full items-center gap-2 rounded-full bg-sunken px-3.5 py-1 text-center text-sm text-muted">
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="min-w-0 break-words">
        {entry.notice ? noticeText(entry.notice, entry.author) : entry.text} <span aria-hidden="true">·</span>{' '}
        <Time at={entry.at} as="time" />
      </span>
    </p>
  )
}
