import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInbox } from '@nats-io/transport-node'
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node'
import { askServer } from './ask-server.ts'

/**
 * Writes a copy of a stream and of where its consumers stand into a new folder, as the server packs it after it has
 * checked every message: two files, as the `nats` command has them. Done by the user `backup`.
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
    await writeChunks(chunks, join(folder, packedFile))
    await writeFile(join(folder, aboutFile), JSON.stringify({ config, state }, undefined, 2))
  } finally {
    chunks.unsubscribe()
  }
}

export const packedFile = 'stream.tar.s2'
export const aboutFile = 'backup.json'
export const chunkBytes = 128 * 1024

async function writeChunks(chunks: Subscription, path: string): Promise<void> {
  await using file = await open(path, 'wx')
  let giveUp: NodeJS.Timeout | undefined
  const wait = () => {
    clearTimeout(giveUp)
    giveUp = setTimeout(() => chunks.unsubscribe(), patienceMs)
  }
  wait()
  try {
    for await (const chunk of chunks) {
      wait()
      if (isEnd(chunk)) return await file.sync()
      await file.write(chunk.data)
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

const patienceMs = 30_000
