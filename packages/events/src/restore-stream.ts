import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import type { StreamInfo } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { askServer } from './ask-server.ts'
import { aboutFile, chunkBytes, packedFile } from './snapshot-stream.ts'

/**
 * Makes a stream and its consumers anew from what `snapshotStream` wrote; the server refuses that where it is there. By its
 * description it is another stream than the one that was copied: see `readStreamState`.
 */
export async function restoreStream(
  admin: NatsConnection,
  stream: string,
  { folder, description }: { folder: string; description: string },
): Promise<void> {
  const { config, state } = await readAbout(folder)
  const about = JSON.stringify({ config: { ...config, description }, state })
  const subject = await beginRestore(admin, stream, about)
  await using file = await open(join(folder, packedFile))
  for (;;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(chunkBytes) })
    // An empty one is the last, and is answered when everything is in place.
    if (bytesRead === 0) break
    await admin.request(subject, buffer.subarray(0, bytesRead), { timeout: 10_000 })
  }
  await askServer(admin, subject, '')
}

/** Whether a stream that was made from this copy has got all that is in it. */
export async function isRestored({ state }: StreamInfo, folder: string): Promise<boolean> {
  return state.last_seq >= (await readAbout(folder)).state.last_seq
}

/** Throws where a copy is not all that was written, before anything is changed for it. */
export async function checkCopy(folder: string): Promise<void> {
  const { sha256 } = await readAbout(folder)
  const hash = createHash('sha256')
  await pipeline(createReadStream(join(folder, packedFile)), hash)
  // Older copies do not say it.
  if (sha256 !== undefined && hash.digest('hex') !== sha256)
    throw new Error(`${join(folder, packedFile)} is not what was written`)
}

/**
 * Answers where the copy is to be sent. Servers that are choosing who leads the stream may answer as if a new one had been
 * asked for, and have made an empty one then.
 */
async function beginRestore(admin: NatsConnection, stream: string, about: string): Promise<string> {
  for (let triesLeft = 5; triesLeft > 0; triesLeft--) {
    const answer = await askServer(admin, `$JS.API.STREAM.RESTORE.${stream}`, about)
    if (typeof answer.deliver_subject === 'string') return answer.deliver_subject
    await (await jetstreamManager(admin)).streams.delete(stream)
    await delay(1_000)
  }
  throw new Error(`${stream} is not brought back: the servers made an empty one each time, which was deleted`)
}

async function readAbout(folder: string): Promise<About> {
  const path = join(folder, aboutFile)
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is not what was written`, { cause })
  }
}

interface About {
  readonly config: object
  readonly state: { last_seq: number }
  readonly sha256?: string
}
