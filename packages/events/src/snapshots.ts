import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { jetstreamManager } from '@nats-io/jetstream'
import type { StreamInfo } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { allStreams } from './nats-permissions.ts'
import { checkCopy, isRestored, restoreStream } from './restore-stream.ts'
import { snapshotStream } from './snapshot-stream.ts'

/** Copies every stream into a folder named by this moment; of those made before, the youngest stay, `keep` in all. */
export async function takeSnapshot(
  nats: NatsConnection,
  { folder, keep, now }: { folder: string; keep: number; now: Date },
): Promise<string> {
  const name = nameOf(now)
  const draft = join(folder, `${name}${draftEnd}`)
  // First of all there has to be room.
  await remove(folder, [
    ...(await listLeftDrafts(folder, now)),
    ...(await listUntil(folder, name)).slice(0, -keep),
  ])
  await mkdir(draft)
  try {
    for (const stream of allStreams) await snapshotStream(nats, stream, join(draft, stream))
    await rename(draft, join(folder, name))
  } catch (err) {
    await remove(folder, [`${name}${draftEnd}`])
    throw err
  }
  // None is younger than this one: what is named so was made by a wrong clock, and would be taken for the youngest.
  const kept = (await listUntil(folder, name)).slice(-keep)
  await remove(
    folder,
    (await listSnapshots(folder)).filter((one) => !kept.includes(one)),
  )
  return name
}

/**
 * Brings every stream back as it was in the youngest snapshot, or in the one that is named. Changes nothing where one of
 * them is there, unless an attempt before this one has just brought it back.
 */
export async function restoreSnapshot(
  admin: NatsConnection,
  { folder, name, now }: { folder: string; name: string | undefined; now: Date },
): Promise<string> {
  const copies = await listSnapshots(folder)
  const chosen = copies.findLast((one) => name === undefined || one === name)
  if (!chosen)
    throw new Error(`${folder} holds no snapshot ${name ?? ''}; there are: ${copies.join(', ') || 'none'}`)
  const origin = `restored from ${chosen}`
  const { streams } = await jetstreamManager(admin)
  const there = new Map<string, StreamInfo>()
  for await (const info of streams.list()) there.set(info.config.name, info)
  const others = allStreams.filter(
    (one) => there.has(one) && !there.get(one)!.config.description?.startsWith(origin),
  )
  if (others.length > 0) throw new Error(`nothing was changed, for these are there: ${others.join(', ')}`)
  for (const stream of allStreams) await checkCopy(join(folder, chosen, stream))
  const description = `${origin} at ${now.toISOString()}`
  for (const stream of allStreams) {
    const copy = join(folder, chosen, stream)
    const found = there.get(stream)
    if (found && (await isRestored(found, copy))) continue
    // Of an attempt that was cut short.
    if (found) await streams.delete(stream)
    await restoreStream(admin, stream, { folder: copy, description })
  }
  return chosen
}

const draftEnd = '.part'

/** Of attempts that were killed: a Job that goes on for so long was ended. */
async function listLeftDrafts(folder: string, now: Date): Promise<string[]> {
  const hourAgo = nameOf(new Date(now.getTime() - 3_600_000))
  const drafts = (await readdir(folder)).filter((one) => /^\d{8}T\d{6}Z\.part$/.test(one))
  return drafts.filter((one) => one < hourAgo)
}

async function listUntil(folder: string, name: string): Promise<string[]> {
  return (await listSnapshots(folder)).filter((one) => one <= name)
}

async function remove(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true })
}

/** The complete ones, the oldest first. */
async function listSnapshots(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((one) => /^\d{8}T\d{6}Z$/.test(one)).toSorted()
}

/** As the folders of dumps are named. */
function nameOf(now: Date): string {
  return now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
}
