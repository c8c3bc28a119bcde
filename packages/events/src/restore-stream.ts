import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  const { config, state } = JSON.parse(await readFile(join(folder, aboutFile), 'utf8'))
  const about = JSON.stringify({ config: { ...config, description }, state })
  const { deliver_subject: subject } = await askServer(admin, `$JS.API.STREAM.RESTORE.${stream}`, about)
  await using file = await open(join(folder, packedFile))
  for (;;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(chunkBytes) })
    // An empty one is the last, and is answered when everything is in place.
    if (bytesRead === 0) break
    await admin.request(String(subject), buffer.subarray(0, bytesRead), { timeout: 10_000 })
  }
  await askServer(admin, String(subject), '')
}
