import type { Conversation } from '@candor/contracts/chat/schemas'
import { useMutation } from '@tanstack/react-query'
import { ArrowLeft, Check, Hand, Info } from 'lucide-react'
import { DialogTrigger } from 'react-aria-components'
import { Link } from 'wouter'
import { api } from '../../api/api.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastProblem } from '../../ui/toast.tsx'
import { useAccount } from '../account.ts'
import { useShortcuts } from '../shell/shortcuts.ts'
import { ChannelMark } from './channel-mark.tsx'
import { CloseButton } from './close-button.tsx'
import { ContactPanel } from './contact-panel.tsx'
import { contactName } from './conversation-row.tsx'

export function ConversationHeader({ conversation, onChanged, onTaken }: ConversationHeaderProps) {
  const { user } = useAccount()
  const take = useMutation({
    mutationFn: () => api.chat.takeConversation.mutate({ conversationId: conversation.id }),
    onSuccess: (changed) => {
      onChanged(changed)
      onTaken()
    },
    onError: toastProblem,
  })
  const isWaiting = conversation.status === 'waiting'
  useShortcuts(isWaiting ? { t: () => take.mutate() } : {})
  return (
    <header className="flex min-h-16 items-center gap-2 border-b border-line bg-surface px-3 py-2 sm:px-5">
      <Link
        href="/inbox"
        aria-label="Back to the list"
        className="-ml-1 flex size-10 items-center justify-center rounded-control text-muted hover:bg-sunken md:hidden"
      >
        <ArrowLeft aria-hidden="true" className="size-5" />
      </Link>
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-semibold">{contactName(conversation.contact)}</h2>
        <p className="flex items-center gap-2 truncate text-sm text-muted">
          <Status conversation={conversation} userId={user.id} />
          {conversation.channel !== 'chat' && <ChannelMark channel={conversation.channel} />}
        </p>
      </div>
      {isWaiting && (
        <Button variant="primary" size="sm" isPending={take.isPending} onPress={() => take.mutate()}>
          <Hand aria-hidden="true" /> Take
        </Button>
      )}
      {conversation.status !== 'closed' && (
        <CloseButton conversationId={conversation.id} onClosed={onChanged} />
      )}
      <DialogTrigger>
        <IconButton label="Contact" className="xl:hidden">
          <Info aria-hidden="true" />
        </IconButton>
        <Dialog title="Contact">
          <div className="-m-6 mt-0">
            <ContactPanel conversation={conversation} />
          </div>
        </Dialog>
      </DialogTrigger>
    </header>
  )
}

function Status({
  conversation: { status, assignee },
  userId,
}: {
  conversation: Conversation
  userId: string
}) {
  if (status === 'waiting') return <Badge tone="wait">Waiting</Badge>
  if (status === 'closed') {
    return (
      <Badge>
        <Check aria-hidden="true" className="size-3" /> Closed
      </Badge>
    )
  }
  return (
    <Badge tone="good">
      {assignee?.userId === userId ? 'With you' : `With ${assignee?.name ?? 'a colleague'}`}
    </Badge>
  )
}

interface ConversationHeaderProps {
  conversation: Conversation
  onChanged: (conversation: Conversation) => void
  onTaken: () => void
}
