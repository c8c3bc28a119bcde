import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

/**
 * Keeps whoever is at the end of what `box` scrolls at its end: `length` is another one whenever it gets longer. `isAway`
 * says that new entries may be out of sight.
 */
export function useStickToEnd(box: RefObject<HTMLElement | null>, length: unknown) {
  const isAtEnd = useRef(true)
  const [isAway, setAway] = useState(false)

  const toEnd = useCallback(() => {
    if (!box.current) return
    box.current.scrollTop = box.current.scrollHeight
    isAtEnd.current = true
    setAway(false)
  }, [box])

  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd()
  }, [length, toEnd])

  // The box shrinks when the composer grows or a phone's keyboard opens.
  useEffect(() => {
    const observer = new ResizeObserver(() => isAtEnd.current && toEnd())
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [box, toEnd])

  const onScroll = useCallback(() => {
    const element = box.current
    if (!element) return
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 48
    setAway(!isAtEnd.current)
  }, [box])

  return { onScroll, isAway, toEnd }
}
