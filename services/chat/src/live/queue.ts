import { ServiceError } from '@candor/rpc/service-error'

/**
 * What waits for one reader: handed over in order and one at a time, and nothing whenever none has come for `quietMs`.
 * A reader for whom more than `sizeMax` wait has to start over. Between two items nothing is held but this.
 */
export function createQueue<T>(options: { sizeMax: number; quietMs: number; signal: AbortSignal }): Queue<T> {
  const { sizeMax, quietMs, signal } = options
  const waiting: T[] = []
  const over = Promise.withResolvers<void>()
  // It may break before anybody waits for its end.
  over.promise.catch(() => {})
  let handle: Handle<T> | undefined
  let timer: NodeJS.Timeout | undefined
  let isBusy = false
  let isClosed = false
  signal.addEventListener('abort', close, { once: true })
  if (signal.aborted) close()

  function close(): void {
    isClosed = true
    clearTimeout(timer)
    over.resolve()
  }

  async function work(): Promise<void> {
    if (!handle || isBusy) return
    isBusy = true
    try {
      do await handle(waiting.shift())
      while (waiting.length > 0 && !isClosed)
    } catch (err) {
      over.reject(err)
    }
    isBusy = false
    if (!isClosed) timer?.refresh()
  }

  return {
    put(item) {
      if (waiting.length >= sizeMax)
        return over.reject(new ServiceError('unavailable', 'this stream fell behind; connect again'))
      waiting.push(item)
      void work()
    },
    each(handler) {
      handle = handler
      timer = setTimeout(work, quietMs)
      if (waiting.length > 0) void work()
      return over.promise
    },
    close,
  }
}

export interface Queue<T> {
  put(item: T): void
  /** Resolves once the queue is closed or its signal aborted. Throws what `handle` throws. */
  each(handle: Handle<T>): Promise<void>
  close(): void
}

type Handle<T> = (item: T | undefined) => Promise<void>
