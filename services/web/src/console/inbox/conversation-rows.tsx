import type { Conversation } from '@candor/contracts/chat/schemas'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import { ConversationRow } from './conversation-row.tsx'
import { useKeepPlace } from './use-keep-place.ts'

/**
 * The rows of the list that `box` shows now, and a few around them: ten thousand cost no more than twenty. The one that
 * has the keyboard's focus stays, wherever the list is scrolled to.
 */
export function ConversationRows({
  box,
  conversations,
  hasMore,
  canAsk,
  onNearEnd,
  selectedId,
}: ConversationRowsProps) {
  const [focusedId, setFocusedId] = useState<string>()
  const focused = conversations.findIndex(({ id }) => id === focusedId)
  const virtual = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => conversations[index]!.id,
    estimateSize: () => usualHeight,
    overscan: 10,
    paddingStart: 8,
    paddingEnd: 8,
    rangeExtractor(range) {
      const inRange = defaultRangeExtractor(range)
      return focused === -1 || inRange.includes(focused)
        ? inRange
        : [...inRange, focused].toSorted((a, b) => a - b)
    },
  })
  useKeepPlace(box, virtual, conversations)

  const selected = conversations.findIndex(({ id }) => id === selectedId)
  const isListed = selected !== -1
  useEffect(() => {
    if (isListed) virtual.scrollToIndex(selected)
    // Only when another one is chosen: one that moves takes nobody along.
  }, [virtual, selectedId, isListed])

  const isNearEnd = hasMore && canAsk && (virtual.range?.endIndex ?? 0) > conversations.length - rowsAhead
  useEffect(() => {
    if (isNearEnd) onNearEnd()
  }, [isNearEnd, onNearEnd])

  return (
    <ul
      className="relative"
      style={{ height: virtual.getTotalSize() }}
      onFocus={({ target }) => setFocusedId(target.closest('li')?.dataset.id)}
      onBlur={() => setFocusedId(undefined)}
    >
      {virtual.getVirtualItems().map(({ index, key, start }) => (
        <li
          key={key}
          ref={virtual.measureElement}
          data-index={index}
          data-id={key}
          aria-setsize={hasMore ? -1 : conversations.length}
          aria-posinset={index + 1}
          className="absolute inset-x-2 top-0 [contain:layout_style]"
          style={{ transform: `translateY(${start}px)` }}
        >
          <ConversationRow conversation={conversations[index]!} isSelected={index === selected} />
        </li>
      ))}
    </ul>
  )
}

const usualHeight = 68
/** So many before the last one the next are asked for. */
const rowsAhead = 40

interface ConversationRowsProps {
  box: RefObject<HTMLElement | null>
  conversations: Conversation[]
  /** Whether there are more than these. */
  hasMore: boolean
  /** Whether they may be asked for now: not while they are on their way, and not again by itself once that has failed. */
  canAsk: boolean
  onNearEnd: () => void
  selectedId: string | undefined
}
