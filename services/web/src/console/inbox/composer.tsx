import type { Conversation } from '@candor/contracts/chat/schemas'
import { SendHorizontal } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useAccount } from '../account.ts'
import { useShortcuts } from '../shell/shortcuts.ts'
import { useTyping } from './use-typing.ts'

/** Where an answer is written. Enter sends, Shift+Enter starts a new line. */
export function Composer({
  conversation,
  onSend,
}: {
  conversation: Conversation
  onSend: (text: string) => void
}) {
  const [text, setText] = useState('')
  const area = useRef<HTMLTextAreaElement>(null)
  const tellTyping = useTyping(conversation.id)
  const { user } = useAccount()
  useShortcuts({ r: () => area.current?.focus() })
  useEffect(() => {
    if (area.current) fit(area.current)
  }, [text])

  if (conversation.status === 'closed') {
    return (
      <p className="border-t border-line bg-surface px-5 py-4 text-center text-[0.9375rem] text-muted">
        This conversation is closed.{' '}
        <TextLink href={`/transcripts/${conversation.id}`}>Open its transcript</TextLink>
      </p>
    )
  }

  function submit() {
    if (!text.trim()) return
    onSend(text.trim())
    setText('')
    tellTyping(false)
  }
  function press(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  return (
    <div className="border-t border-line bg-surface px-3 py-3 sm:px-6">
      <div className="mx-auto flex max-w-3xl items-end gap-2 rounded-2xl border border-edge bg-raised p-1.5 focus-within:border-focus focus-within:outline-1 focus-within:outline-focus">
        <textarea
          ref={area}
          rows={1}
          value={text}
          maxLength={4000}
          aria-label="Your answer"
          placeholder={placeholder(conversation, user.id)}
          onChange={(event) => {
            setText(event.target.value)
            tellTyping(event.target.value !== '')
          }}
          onKeyDown={press}
          className="max-h-48 min-h-10 flex-1 resize-none bg-transparent px-2.5 py-2 text-base leading-6 outline-none placeholder:text-muted"
        />
        <Button variant="primary" onPress={submit} isDisabled={!text.trim()} aria-label="Send">
          <SendHorizontal aria-hidden="true" />
        </Button>
      </div>
      <p className="mx-auto mt-1.5 hidden max-w-3xl px-1 text-xs text-muted sm:block">
        Enter sends, Shift + Enter starts a new line.
      </p>
    </div>
  )
}

function placeholder({ status, assignee }: Conversation, userId: string): string {
  if (status === 'waiting') return 'Write an answer'
  return assignee?.userId === userId
    ? 'Write an answer'
    : `${assignee?.name ?? 'A colleague'} has this one; you can help`
}

function fit(area: HTMLTextAreaElement): void {
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight}px`
}
