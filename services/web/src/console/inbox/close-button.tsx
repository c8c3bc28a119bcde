import type { Conversation } from '@candor/contracts/chat/schemas'
import { useMutation } from '@tanstack/react-query'
import { Archive } from 'lucide-react'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { toast, toastProblem } from '../../ui/toast.tsx'

/** Closing can't be taken back, so it asks. */
export function CloseButton({ conversationId, onClosed }: CloseButtonProps) {
  const close = useMutation({
    mutationFn: () => api.chat.closeConversation.mutate({ conversationId }),
    onSuccess: (changed) => {
      onClosed(changed)
      toast('Closed. The transcript is being archived.')
    },
    onError: toastProblem,
  })
  return (
    <Confirm
      title="Close this conversation?"
      confirmLabel="Close conversation"
      tone="primary"
      onConfirm={() => close.mutate()}
      trigger={
        <Button size="sm" isPending={close.isPending}>
          <Archive aria-hidden="true" /> <span className="max-sm:sr-only">Close</span>
        </Button>
      }
    >
      Its transcript goes to the archive, and to the visitor by mail if they gave an address. Nobody can write
      in it any more.
    </Confirm>
  )
}

interface CloseButtonProps {
  conversationId: string
  onClosed: (conversation: Conversation) => void
}
