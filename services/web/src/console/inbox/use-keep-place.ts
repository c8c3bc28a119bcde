import type { Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * Keeps what somebody reads in a list where it is when other items come, go or move above it. At the top of the list
 * nothing is kept: there, what is new is shown.
 */
export function useKeepPlace(
  box: RefObject<HTMLElement | null>,
  virtual: Virtualizer<HTMLElement, Element>,
  items: { id: string }[],
): void {
  const seen = useRef(new Map<unknown, number>())
  useLayoutEffect(() => {
    if (!box.current || box.current.scrollTop <= virtual.options.paddingStart) return
    const shifts = items.flatMap(({ id }, index) => {
      const before = seen.current.get(id)
      return before === undefined ? [] : [virtual.measurementsCache[index]!.start - before]
    })
    // The one that moved goes far; what it passed goes a row.
    const [least = 0] = shifts.toSorted((a, b) => Math.abs(a) - Math.abs(b))
    if (least) box.current.scrollTop += least
  }, [box, virtual, items])
  useLayoutEffect(() => {
    const { range, measurementsCache } = virtual
    const inSight = range ? measurementsCache.slice(range.startIndex, range.endIndex + 1) : []
    seen.current = new Map(inSight.map(({ key, start }) => [key, start]))
  })
}
