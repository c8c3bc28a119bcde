import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { envelopeLines, parseMessage } from './message.ts'
import type { Message } from './message.ts'

/** Mails as files, newest first; beyond `keep` the oldest goes. */
export async function openMailStore(folder: string, keep = 500): Promise<MailStore> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const messages: Message[] = []
  let newestMs = 0
  const drop = (dropped: Message[]) => {
    for (const { id } of dropped) rmSync(join(folder, `${id}.eml`), { force: true })
  }
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .toSorted()
    .toReversed()) {
    messages.push(await parseMessage(file.slice(0, -'.eml'.length), readFileSync(join(folder, file))))
  }
  return {
    messages,
    async add(envelope, raw) {
      const receivedAt = new Date()
      // File names sort by arrival, also within a millisecond.
      newestMs = Math.max(receivedAt.getTime(), newestMs + 1)
      const id = `${newestMs.toString(36)}-${randomBytes(6).toString('hex')}`
      const kept = Buffer.concat([Buffer.from(envelopeLines(envelope, receivedAt)), raw])
      const message = await parseMessage(id, kept)
      const path = join(folder, `${id}.eml`)
      writeFileSync(`${path}.new`, kept)
      renameSync(`${path}.new`, path)
      messages.unshift(message)
      drop(messages.splice(keep))
    },
    find: (id) => messages.find((message) => message.id === id),
    clear: () => drop(messages.splice(0)),
  }
}

export interface MailStore {
  /** Newest first. */
  readonly messages: readonly Message[]
  add(envelope: { from: string; to: string[] }, raw: Buffer): Promise<void>
  find(id: string): Message | undefined
  clear(): void
}
