import { createReadMarks } from '@candor/client/read-marks'
import { useEffect, useMemo, useState } from 'react'
import { api } from '../../api/api.ts'

/** Tells the visitor how far their messages have come: delivered once loaded here, read once looked at. */
export function useMarkers(conversationId: string, lastSeq: number): void {
  const isVisible = useIsVisible()
  const marks = useMemo(
    () => createReadMarks((mark) => api.chat.markRead.mutate({ conversationId, ...mark })),
    [conversationId],
  )
  useEffect(() => () => marks.stop(), [marks])
  useEffect(() => marks.reached(lastSeq, isVisible ? 'read' : 'delivered'), [marks, lastSeq, isVisible])
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
