import type { ReactNode } from 'react'
import { useState } from 'react'
import { useRoute } from 'wouter'
import { SkipLink } from '../../ui/skip-link.tsx'
import { Toasts } from '../../ui/toast.tsx'
import { useTitleBadge } from '../../ui/title.ts'
import { NoticeChanged } from '../announcements/notice-changed.tsx'
import { BriefingReminder } from '../briefing/briefing-reminder.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { useInboxLive } from '../inbox/use-inbox-live.ts'
import { useWaitingCount } from '../inbox/use-inbox.ts'
import { Navigation } from './navigation.tsx'
import { useShortcuts } from './shortcuts.ts'

/** Frame of every signed-in page: navigation, the line to the server, notifications. */
export function Shell({ children }: { children: ReactNode }) {
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [isConversation] = useRoute('/inbox/:id')
  const connection = useInboxLive()
  const waiting = useWaitingCount()
  useTitleBadge(waiting)
  useShortcuts({ '?': () => setHelpOpen(true) })
  return (
    <div className="flex h-dvh flex-col-reverse sm:flex-row print:block print:h-auto">
      <SkipLink />
      <Navigation waiting={waiting} isHiddenOnPhone={isConversation} onHelp={() => setHelpOpen(true)} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ConnectionBanner connection={connection} />
        <BriefingReminder />
        <NoticeChanged />
        <main
          id="main"
          tabIndex={-1}
          className="relative min-h-0 flex-1 overflow-y-auto outline-none print:overflow-visible"
        >
          {children}
        </main>
      </div>
      <HelpDialog isOpen={isHelpOpen} onOpenChange={setHelpOpen} />
      <Toasts />
    </div>
  )
}
