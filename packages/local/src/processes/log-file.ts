import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** A log that never takes more than twice `maxBytes` of disk: the older half stands in `<path>.1`. */
export function openLogFile(path: string, maxBytes = 8 * 1024 * 1024): LogFile {
  mkdirSync(dirname(path), { recursive: true })
  let size = existsSync(path) ? statSync(path).size : 0
  let stream = createWriteStream(path, { flags: 'a' })
  let tail = Buffer.alloc(0)

  function rotate() {
    stream.end()
    renameSync(path, `${path}.1`)
    stream = createWriteStream(path, { flags: 'a' })
    size = 0
  }

  return {
    path,
    write(chunk) {
      const bytes = Buffer.from(chunk)
      if (size > maxBytes) rotate()
      size += bytes.length
      tail = Buffer.concat([tail, bytes]).subarray(-tailBytes)
      stream.write(bytes)
    },
    tail: (lines) => tail.toString().trimEnd().split('\n').slice(-lines).join('\n'),
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  }
}

const tailBytes = 4096

export interface LogFile {
  readonly path: string
  write(chunk: Buffer | string): void
  /** The last lines written since it was opened. */
  tail(lines: number): string
  close(): Promise<void>
}
