/**
 * Passes on the first item of a key at once, and of those that follow within `windowMs` the last alone, when that time
 * is over.
 */
export function createCoalescer<T>(windowMs: number, pass: (key: string, item: T) => void): Coalescer<T> {
  const windows = new Map<string, { timer: NodeJS.Timeout; last: T | undefined }>()

  function open(key: string, item: T): void {
    pass(key, item)
    windows.set(key, { timer: setTimeout(close, windowMs, key), last: undefined })
  }

  function close(key: string): void {
    const last = windows.get(key)?.last
    windows.delete(key)
    if (last !== undefined) open(key, last)
  }

  return {
    put(key, item) {
      const window = windows.get(key)
      if (window) window.last = item
      else open(key, item)
    },
    stop() {
      for (const { timer } of windows.values()) clearTimeout(timer)
      windows.clear()
    },
  }
}

export interface Coalescer<T> {
  put(key: string, item: T): void
  /** What still waits is dropped. */
  stop(): void
}
