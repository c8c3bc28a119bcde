/** Whether the reader is at the newest entry, or as good as. `height` is the log's before a change of it. */
export function isAtEnd(log: Element, height = log.clientHeight): boolean {
  return log.scrollHeight - log.scrollTop - height < nearPixels
}

export function goToEnd(log: Element): void {
  log.scrollTop = log.scrollHeight
}

/** What comes below the log takes height from it; who was at its end stays there. */
export function stayAtEnd(log: Element | null): void {
  if (log === null) return
  let height = Infinity
  new ResizeObserver(() => {
    if (isAtEnd(log, height)) goToEnd(log)
    height = log.clientHeight
  }).observe(log)
}

const nearPixels = 48
