/**
 * What waits for one slow reader, in order. `take` answers the next item, or undefined once `waitMs` have passed or
 * the signal is aborted. More than `sizeMax` waiting items are dropped and said to be: the reader starts over.
 */
export function createQueue<T>(options: { sizeMax: number; waitMs: number; signal: AbortSignal }): Queue<T> {
  const { sizeMax, waitMs, signal } = options
  let items: T[] = []
  let overflowed = false
  let wake: () => void = () => {}
  // One timer for all that is waited: a new one each time costs more than what it waits for.
  const timer = setTimeout(() => wake(), waitMs)
  signal.addEventListener('abort', close, { once: true })

  function close(): void {
    clearTimeout(timer)
    wake()
  }

  return {
    put(item) {
      overflowed ||= items.length >= sizeMax
      if (!overflowed) items.push(item)
      wake()
    },
    overflowed: () => overflowed,
    async take() {
      if (items.length === 0 && !signal.aborted && !overflowed) {
        timer.refresh()
        await new Promise<void>((resolve) => (wake = resolve))
      }
      return items.shift()
    },
    close,
  }
}

export interface Queue<T> {
  put(item: T): void
  take(): Promise<T | undefined>
  overflowed(): boolean
  /** Nothing is waited for any more. */
  close(): void
}
