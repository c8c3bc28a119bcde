import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/api.ts'

/** Tells the visitor how far their messages have come: delivered once loaded here, read once looked at. */
export function useMarkers(conversationId: string, lastSeq: number): void {
  const isVisible = useIsVisible()
  const told = useRef({ delivered: 0, read: 0 })
  useEffect(() => {
    const state = isVisible ? 'read' : 'delivered'
    if (lastSeq <= told.current[state]) return
    told.current[state] = lastSeq
    api.chat.markRead.mutate({ conversationId, seq: lastSeq, state }).catch(() => {
      told.current[state] = 0
    })
  }, [conversationId, lastSeq, isVisible])
}

function useIsVisible(): boolean {
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', update)
    return () => document.removeEventListener('visibilitychange', update)
  }, [])
  return isVisible
}
