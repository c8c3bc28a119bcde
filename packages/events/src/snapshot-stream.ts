import { createHash } from 'node:crypto'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInbox } from '@nats-io/transport-node'
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node'
import { askServer } from './ask-server.ts'

/**
 * Writes a copy of a stream and of where its consumers stand into a new folder, as the server packs it after it has
 * checked every message: two files, as the `nats` command has them, and what the large one hashes to. Done by the user
 * `backup`.
 */
export async function snapshotStream(nats: NatsConnection, stream: string, folder: string): Promise<void> {
  await mkdir(folder)
  const subject = createInbox('_INBOX_backup')
  const chunks = nats.subscribe(subject)
  try {
    const request = { deliver_subject: subject, chunk_size: chunkBytes, jsck: true }
    const { config, state } = await askServer(
      nats,
      `$JS.API.STREAM.SNAPSHOT.${stream}`,
      JSON.stringify(request),
    )
    const sha256 = await writeChunks(chunks, join(folder, packedFile))
    const about = JSON.stringify({ config, state, sha256 }, undefined, 2)
    await writeFile(join(folder, aboutFile), about, { flush: true })
  } finally {
    chunks.unsubscribe()
  }
}

export const packedFile = 'stream.tar.s2'
export const aboutFile = 'backup.json'
export const chunkBytes = 128 * 1024

async function writeChunks(chunks: Subscription, path: string): Promise<string> {
  await using file = await open(path, 'wx')
  const hash = createHash('sha256')
  let count = 0
  let giveUp: NodeJS.Timeout | undefined
  const wait = () => {
    clearTimeout(giveUp)
    giveUp = setTimeout(() => chunks.unsubscribe(), patienceMs)
  }
  wait()
  try {
    for await (const chunk of chunks) {
      wait()
      if (isEnd(chunk)) {
        await file.sync()
        return hash.digest('hex')
      }
      if (numberOf(chunk) !== ++count) throw new Error(`a piece of the copy was lost, the ${count}th`)
      hash.update(chunk.data)
      // All of it: where there is no more room, `write` writes a part and says nothing.
      await file.appendFile(chunk.data)
      // The server sends no more than a window before it hears this.
      chunk.respond()
    }
  } finally {
    clearTimeout(giveUp)
  }
  throw new Error('the server stopped before the end of the stream')
}

/** The last one is empty and says whether all went well. */
function isEnd({ data, headers }: Msg): boolean {
  if (data.length > 0) return false
  if (headers?.hasError) throw new Error(`the server gave up: ${headers.code} ${headers.description}`)
  return true
}

/** The server counts the pieces in the address at which it waits to hear of each. */
function numberOf({ reply = '' }: Msg): number {
  return Number(reply.slice(reply.lastIndexOf('.') + 1))
}

const patienceMs = 30_000
