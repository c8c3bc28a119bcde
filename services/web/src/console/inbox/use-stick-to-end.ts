import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/**
 * Keeps a list of messages where the reader is: at the end while they are at the end, and on the same message when
 * older ones are put in front. `isAway` says that new ones may be out of sight.
 */
export function useStickToEnd(firstSeq: number) {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const before = useRef({ firstSeq, height: 0 })
  const [isAway, setAway] = useState(false)

  const toEnd = useCallback(() => {
    if (!box.current) return
    box.current.scrollTop = box.current.scrollHeight
    isAtEnd.current = true
    setAway(false)
  }, [])

  // After every render: whatever made the list grow, the reader should not notice.
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const added = element.scrollHeight - before.current.height
    if (isAtEnd.current) element.scrollTop = element.scrollHeight
    else if (firstSeq < before.current.firstSeq) element.scrollTop += added
    before.current = { firstSeq, height: element.scrollHeight }
  })

  // The box shrinks when the composer grows or a phone's keyboard opens.
  useEffect(() => {
    const observer = new ResizeObserver(() => isAtEnd.current && toEnd())
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [toEnd])

  const onScroll = useCallback(() => {
    const element = box.current
    if (!element) return
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 48
    setAway(!isAtEnd.current)
  }, [])

  return { box, onScroll, isAway, toEnd }
}
