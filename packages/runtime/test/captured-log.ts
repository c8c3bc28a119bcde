import { createLogger } from '@candor/runtime/logger'
import type { Log } from '@candor/runtime/logger'

/** A logger whose lines a test reads. */
export function capturedLog(): { log: Log; lines: () => Record<string, any>[]; text: () => string } {
  const written: string[] = []
  const log = createLogger({ service: 'test', level: 'trace' }, { write: (line) => void written.push(line) })
  return {
    log,
    lines: () => written.map((line) => JSON.parse(line)),
    text: () => written.join(''),
  }
}
