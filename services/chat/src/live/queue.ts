/**
 * What waits for one slow reader, in order. `take` answers the next item, or undefined once `waitMs` have passed or
 * the signal is aborted. More than `sizeMax` waiting items are dropped and said to be: the reader starts over.
 */
export function createQueue<T>(sizeMax: number, signal: AbortSignal): Queue<T> {
  let items: T[] = []
  let overflowed = false
  let wake: () => void = () => {}
  signal.addEventListener('abort', () => wake(), { once: true })
  return {
    put(item) {
      overflowed ||= items.length >= sizeMax
      if (!overflowed) items.push(item)
      wake()
    },
    overflowed: () => overflowed,
    async take(waitMs) {
      if (items.length === 0 && !signal.aborted && !overflowed) {
        let timer: NodeJS.Timeout | undefined
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, waitMs)
        })
        clearTimeout(timer)
      }
      return items.shift()
    },
  }
}

export interface Queue<T> {
  put(item: T): void
  take(waitMs: number): Promise<T | undefined>
  overflowed(): boolean
}
