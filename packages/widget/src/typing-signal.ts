/** Turns key strokes into few signals: one every 3 s while typing goes on, and one when it ends. */
export function createTypingSignal(signal: (isTyping: boolean) => void): TypingSignal {
  let signalledMs = 0
  let pause: ReturnType<typeof setTimeout> | undefined

  function stop(): void {
    clearTimeout(pause)
    if (signalledMs === 0) return
    signalledMs = 0
    signal(false)
  }

  return {
    typed: (isText) => {
      if (!isText) return stop()
      clearTimeout(pause)
      pause = setTimeout(stop, pauseMs)
      if (Date.now() - signalledMs < repeatMs) return
      signalledMs = Date.now()
      signal(true)
    },
  }
}

export interface TypingSignal {
  /** A key was struck; `isText` says whether there is text now. */
  typed(isText: boolean): void
}

const repeatMs = 3_000
const pauseMs = 4_000
