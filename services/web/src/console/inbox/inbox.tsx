import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { ConversationList } from './conversation-list.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import type { View } from './inbox-lists.ts'

/** List, conversation and contact side by side; on a phone one at a time. */
export function Inbox({ selectedId }: { selectedId: string | undefined }) {
  const [view, setView] = useState<View>('waiting')
  usePageTitle('Inbox')
  return (
    <div className="flex h-full min-h-0">
      <h1 className="sr-only">Inbox</h1>
      <div
        className={`min-h-0 w-full shrink-0 flex-col border-r border-line bg-surface md:flex md:w-[20.5rem] ${selectedId ? 'hidden' : 'flex'}`}
      >
        <ConversationList view={view} onView={setView} selectedId={selectedId} />
      </div>
      <div className={`min-h-0 min-w-0 flex-1 ${selectedId ? 'flex' : 'hidden md:flex'}`}>
        {selectedId ? (
          <ConversationPane key={selectedId} conversationId={selectedId} onTaken={() => setView('mine')} />
        ) : (
          <div className="m-auto">
            <EmptyState icon={MessagesSquare} title="Choose a conversation">
              Pick one from the list, or press <kbd className="font-mono">j</kbd> for the first.
            </EmptyState>
          </div>
        )}
      </div>
    </div>
  )
}
