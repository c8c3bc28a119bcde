import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** A log that never takes more than about twice `maxBytes` of disk: the older half stands in `<path>.1`. */
export function openLogFile(path: string, maxBytes = 8 * 1024 * 1024): LogFile {
  mkdirSync(dirname(path), { recursive: true })
  let file = openSync(path, 'a')
  let { size } = statSync(path)
  let tail = Buffer.alloc(0)
  let isOpen = true

  function rotate() {
    closeSync(file)
    renameSync(path, `${path}.1`)
    file = openSync(path, 'a')
    size = 0
  }

  return {
    path,
    write(chunk) {
      if (!isOpen) return
      const bytes = Buffer.from(chunk)
      if (size > maxBytes) rotate()
      size += bytes.length
      tail = Buffer.concat([tail, bytes]).subarray(-tailBytes)
      writeSync(file, bytes)
    },
    tail: (lines) => tail.toString().trimEnd().split('\n').slice(-lines).join('\n'),
    close() {
      if (isOpen) closeSync(file)
      isOpen = false
    },
  }
}

const tailBytes = 4096

export interface LogFile {
  readonly path: string
  write(chunk: Buffer | string): void
  /** The last lines written since it was opened. */
  tail(lines: number): string
  /** What is written afterwards is dropped. */
  close(): void
}
