import type { Message } from '@candor/contracts/chat/schemas'
import { useEffect, useRef, useState } from 'react'

/** Reads out what the visitor writes from now on; what was there, or is loaded from before, stays silent. */
export function Announcer({ messages, visitorName }: { messages: Message[]; visitorName: string }) {
  const [text, setText] = useState('')
  const last = messages.at(-1)
  const heardSeq = useRef<number | null>(null)
  useEffect(() => {
    if (!last) return
    const isNew = heardSeq.current !== null && last.seq > heardSeq.current
    heardSeq.current = last.seq
    if (isNew && last.author.kind === 'visitor') setText(`${visitorName}: ${last.text}`)
  }, [last, visitorName])
  return (
    <div role="log" aria-live="polite" aria-label="New messages" className="sr-only">
      {text && <p key={last?.seq}>{text}</p>}
    </div>
  )
}
