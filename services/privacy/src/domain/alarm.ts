/** Lets a loop of this process look at its queue before its time. */
export function createAlarm(): Alarm {
  const waiting = new Set<() => void>()
  return {
    ring() {
      for (const end of waiting) end()
    },
    wait(timeoutMs, signal) {
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', end)
          waiting.delete(end)
          resolve()
        }
        const timer = setTimeout(end, signal.aborted ? 0 : timeoutMs)
        signal.addEventListener('abort', end)
        waiting.add(end)
      })
    },
  }
}

export interface Alarm {
  ring(): void
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>
}
