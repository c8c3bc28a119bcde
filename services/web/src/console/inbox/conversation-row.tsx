import type { Conversation } from '@candor/contracts/chat/schemas'
import { memo } from 'react'
import { Link } from 'wouter'
import { Avatar } from '../../ui/avatar.tsx'
import { BriefTime } from '../../ui/time.tsx'
import { ChannelMark } from './channel-mark.tsx'

/** Drawn again only when it changes, not whenever the list is scrolled. */
export const ConversationRow = memo(function ConversationRow({
  conversation,
  isSelected,
}: {
  conversation: Conversation
  isSelected: boolean
}) {
  const { contact, channel, status, assignee, lastMessage, lastSeq, markers, updatedAt } = conversation
  const isUnread = status !== 'closed' && lastSeq > markers.staff.read
  return (
    <Link
      href={`/inbox/${conversation.id}`}
      aria-current={isSelected ? 'true' : undefined}
      className="flex gap-3 rounded-xl px-3 py-3 -outline-offset-2 transition-colors hover:bg-sunken aria-[current=true]:bg-brand-soft"
    >
      <Avatar name={contact.name} id={contact.id} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline justify-between gap-2">
          <span className={`truncate ${isUnread ? 'font-semibold' : 'font-medium'}`}>
            {contactName(contact)}
          </span>
          <span className="shrink-0 text-xs text-muted tabular-nums">
            <BriefTime at={updatedAt} />
          </span>
        </span>
        <span className="flex items-center gap-2">
          <span className={`min-w-0 flex-1 truncate text-sm ${isUnread ? 'text-ink' : 'text-muted'}`}>
            {lastMessage ?? 'Has not written yet'}
          </span>
          {isUnread && (
            <span className="size-2.5 shrink-0 rounded-full bg-signal">
              <span className="sr-only">Unread</span>
            </span>
          )}
        </span>
        {assignee && status === 'open' && (
          <span className="block truncate text-xs text-muted">with {assignee.name}</span>
        )}
        {(status === 'closed' || channel !== 'chat') && (
          <span className="flex items-center gap-2 text-xs text-muted">
            {channel !== 'chat' && <ChannelMark channel={channel} />}
            {status === 'closed' && 'closed'}
          </span>
        )}
      </span>
    </Link>
  )
})

/** A visitor need not say who they are. */
export function contactName(contact: { name: string | null; email: string | null }): string {
  return contact.name ?? contact.email ?? 'Visitor'
}
