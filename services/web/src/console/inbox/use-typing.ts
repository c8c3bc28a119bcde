import { useCallback, useEffect, useRef } from 'react'
import { api } from '../../api/api.ts'

/** Says that one is typing, at most every few seconds, and that one has stopped. A lost word does no harm. */
export function useTyping(conversationId: string): (isTyping: boolean) => void {
  const saidAt = useRef(0)
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined)

  const say = useCallback(
    (typing: boolean) => {
      saidAt.current = typing ? Date.now() : 0
      api.chat.setTyping.mutate({ conversationId, typing }).catch(() => undefined)
    },
    [conversationId],
  )

  const stop = useCallback(() => {
    clearTimeout(idle.current)
    if (saidAt.current) say(false)
  }, [say])

  useEffect(() => stop, [stop])

  return useCallback(
    (isTyping) => {
      if (!isTyping) return stop()
      clearTimeout(idle.current)
      idle.current = setTimeout(stop, 5000)
      if (Date.now() - saidAt.current > 3000) say(true)
    },
    [say, stop],
  )
}
