import { Coffee, Inbox as InboxIcon } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { Async } from '../../ui/async.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { useShortcuts } from '../shell/shortcuts.ts'
import { channelChoices } from './channel-mark.tsx'
import { ConversationRows } from './conversation-rows.tsx'
import { listedOn } from './inbox-lists.ts'
import type { ChannelChoice, View } from './inbox-lists.ts'
import { RecordButton } from './record-button.tsx'
import { useInbox, useWaitingCount } from './use-inbox.ts'

export function ConversationList({ view, onView, selectedId }: ConversationListProps) {
  const [channel, setChannel] = useState<ChannelChoice>('any')
  const inbox = useInbox(view, channel)
  const waiting = useWaitingCount()
  const [, navigate] = useLocation()
  const conversations = useMemo(() => listedOn(inbox.data?.pages ?? []), [inbox.data])
  const box = useRef<HTMLElement>(null)
  const { fetchNextPage, isFetchingNextPage, isFetchNextPageError } = inbox
  const showMore = useCallback(() => void fetchNextPage(), [fetchNextPage])

  function step(by: 1 | -1) {
    const at = conversations.findIndex(({ id }) => id === selectedId)
    const next = conversations[at === -1 ? 0 : at + by]
    if (next) navigate(`/inbox/${next.id}`)
  }
  useShortcuts({ j: () => step(1), k: () => step(-1) })

  return (
    <>
      <header className="flex flex-col gap-3 border-b border-line p-4">
        <div className="flex items-center justify-between gap-2">
          <h2 className="text-xl font-semibold">Conversations</h2>
          <RecordButton />
        </div>
        <Segmented
          label="Which conversations"
          value={view}
          onChange={onView}
          choices={[
            { id: 'waiting', label: <Counted label="Waiting" count={waiting} /> },
            { id: 'mine', label: 'Mine' },
            { id: 'all', label: 'All' },
            { id: 'closed', label: 'Closed' },
          ]}
        />
        <Select label="Channel" choices={channelChoices} value={channel} onChange={setChannel} />
      </header>
      <nav
        ref={box}
        aria-label="Conversations"
        className="min-h-0 flex-1 overflow-y-auto bg-surface [overflow-anchor:none]"
      >
        <Async query={inbox} lines={8}>
          {() => (conversations.length ? null : <NothingHere view={view} />)}
        </Async>
        <ConversationRows
          key={`${view} ${channel}`}
          box={box}
          conversations={conversations}
          hasMore={inbox.hasNextPage}
          canAsk={!isFetchingNextPage && !isFetchNextPageError}
          onNearEnd={showMore}
          selectedId={selectedId}
        />
        {inbox.hasNextPage && (
          <div className="flex justify-center pb-4">
            <Button size="sm" isPending={isFetchingNextPage} onPress={showMore}>
              Show more
            </Button>
          </div>
        )}
      </nav>
    </>
  )
}

function Counted({ label, count }: { label: string; count: number }) {
  return (
    <>
      {label}
      {count > 0 && <Badge tone="wait">{count}</Badge>}
    </>
  )
}

function NothingHere({ view }: { view: View }) {
  const [title, text] = texts[view]
  return (
    <EmptyState icon={view === 'waiting' ? Coffee : InboxIcon} title={title}>
      {text}
    </EmptyState>
  )
}

const texts = {
  waiting: ['Nobody is waiting', 'New conversations appear here by themselves, the moment a visitor writes.'],
  mine: ['Nothing in your hands', 'Take a waiting conversation and it stands here until you close it.'],
  all: ['No conversations yet', 'Put the chat on your site; Settings has the line to copy.'],
  closed: ['Nothing closed yet', 'Closed conversations move to the transcripts, where they can be searched.'],
} as const

interface ConversationListProps {
  view: View
  onView: (view: View) => void
  selectedId: string | undefined
}
