import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventStream, ledgerStream, policyStream, policySubject } from '@candor/contracts/subjects'
import { isLedgerComplete, markLedgerComplete, readLedgerState } from '@candor/events/ledger-stream'
import { provisionStreams } from '@candor/events/provision-streams'
import { restoreSnapshot, takeSnapshot } from '@candor/events/snapshots'
import { startTestNats } from '@candor/testing/test-nats'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { afterEach, beforeEach, expect, test } from 'vitest'

let held: AsyncDisposableStack
let folder: string
let nats: Awaited<ReturnType<typeof startTestNats>>
beforeEach(async () => {
  held = new AsyncDisposableStack()
  nats = held.use(await startTestNats())
  folder = await mkdtemp(join(tmpdir(), 'candor-snapshots-'))
  held.defer(() => rm(folder, { recursive: true, force: true }))
})
afterEach(() => held.disposeAsync())

const now = new Date('2026-11-22T12:34:56.789Z')
const streams = [eventStream, policyStream, ledgerStream]
const event = 'events.chat.message-posted'

async function fill(): Promise<void> {
  const chat = jetstream(await nats.connect('chat'))
  // More than the server sends before it is told that something has arrived.
  for (let n = 1; n <= 60; n++) await chat.publish(event, randomBytes(190_000))
  const privacy = jetstream(await nats.connect('privacy'))
  await privacy.publish(policySubject('tenant'), 'rules')
  await privacy.publish('erasures.tenant.first', 'entry')
}

async function loseEverything(): Promise<void> {
  const manager = await jetstreamManager(await nats.connect('admin'))
  for (const stream of streams) await manager.streams.delete(stream)
}

async function snapshot(at = now, keep = 3): Promise<string> {
  return takeSnapshot(await nats.connect('backup'), { folder, keep, now: at })
}

async function restore(name?: string): Promise<string> {
  return restoreSnapshot(await nats.connect('admin'), { folder, name, now })
}

async function take(count: number): Promise<void> {
  const billing = await nats.connect('billing')
  const consumer = await jetstream(billing).consumers.get(eventStream, 'billing-from-chat')
  for (let n = 1; n <= count; n++) await (await consumer.next())!.ackAck()
}

/** What is stored, and how far a consumer has come. */
async function look() {
  const manager = await jetstreamManager(await nats.connect('admin'))
  const infos = await Promise.all(streams.map((stream) => manager.streams.info(stream)))
  const { ack_floor, config: consumer } = await manager.consumers.info(eventStream, 'billing-from-chat')
  const last = [event, policySubject('tenant'), 'erasures.tenant.first'].map(async (subject, place) =>
    (await manager.streams.getMessage(streams[place]!, { last_by_subj: subject }))?.string(),
  )
  return {
    // Of each but what an older server adds where nothing was deleted.
    states: infos.map(({ state: { num_deleted: _none, ...state } }) => state),
    taken: ack_floor.stream_seq,
    consumer,
    last: await Promise.all(last),
  }
}

test('what every stream and bucket held, and where each consumer stood, comes back from a copy', async () => {
  await fill()
  await take(5)
  const before = await look()
  expect(before).toMatchObject({ taken: 5, last: [expect.any(String), 'rules', 'entry'] })
  const name = await snapshot()
  await loseEverything()
  expect(await restore()).toBe(name)
  expect(await look()).toEqual(before)
  await take(1)
})

test('a stream that was brought back is another one to whoever followed it, and not called complete by its copy', async () => {
  const privacy = await nats.connect('privacy')
  const { created } = await readLedgerState(privacy)
  await markLedgerComplete(privacy, created)
  expect(await isLedgerComplete(privacy, created)).toBe(true)
  await snapshot()
  await loseEverything()
  await restore()
  const restored = (await readLedgerState(privacy)).created
  expect(restored).not.toBe(created)
  expect(await isLedgerComplete(privacy, restored)).toBe(false)
  await markLedgerComplete(privacy, restored)
  expect(await isLedgerComplete(privacy, restored)).toBe(true)
  // The Job that makes streams brings their settings to what is wanted, and leaves this.
  await provisionStreams(await nats.connect('admin'))
  expect((await readLedgerState(privacy)).created).toBe(restored)
})

test('nothing is changed while one of the streams is there, but by an attempt that goes on', async () => {
  await fill()
  await snapshot()
  const manager = await jetstreamManager(await nats.connect('admin'))
  await manager.streams.delete(policyStream)
  await expect(restore()).rejects.toThrow('nothing was changed, for these are there: EVENTS, ERASURES')
  await expect(look()).rejects.toThrow('stream not found')
  await manager.streams.delete(eventStream)
  await manager.streams.delete(ledgerStream)
  await restore()
  await manager.streams.delete(ledgerStream)
  await restore()
  expect((await look()).last).toEqual([expect.any(String), 'rules', 'entry'])
})

test('what an attempt before left without its content is brought back whole', async () => {
  await fill()
  const before = await look()
  const name = await snapshot()
  const manager = await jetstreamManager(await nats.connect('admin'))
  const { config } = await manager.streams.info(ledgerStream)
  await loseEverything()
  await manager.streams.add({ ...config, description: `restored from ${name} at ${now.toISOString()}` })
  await restore()
  expect(await look()).toEqual(before)
})

test('the youngest copies stay, and what was left of one that failed goes', async () => {
  await mkdir(join(folder, '20261121T000000Z.part'))
  await mkdir(join(folder, 'lost+found'))
  for (let hour = 1; hour <= 4; hour++) await snapshot(new Date(Date.UTC(2026, 10, 22, hour)), 2)
  expect((await readdir(folder)).toSorted()).toEqual(['20261122T030000Z', '20261122T040000Z', 'lost+found'])
})

test('a copy that does not come to its end is none, and says why', async () => {
  const manager = await jetstreamManager(await nats.connect('admin'))
  await manager.streams.delete(ledgerStream)
  await expect(snapshot()).rejects.toThrow('stream not found')
  await expect(restore()).rejects.toThrow('holds no snapshot')
})

test('a copy that was damaged since is not taken for a whole one', async () => {
  await fill()
  const name = await snapshot()
  const file = join(folder, name, eventStream, 'stream.tar.s2')
  const bytes = await readFile(file)
  bytes.fill(0, 1_000_000, 1_000_100)
  await writeFile(file, bytes)
  await loseEverything()
  await expect(restore()).rejects.toThrow()
  await expect(look()).rejects.toThrow('stream not found')
})

test('a damaged copy is named before anything is changed, so that another can be taken', async () => {
  await fill()
  const whole = await snapshot()
  const damaged = await snapshot(new Date(now.getTime() + 60_000))
  const file = join(folder, damaged, ledgerStream, 'stream.tar.s2')
  await truncate(file, (await stat(file)).size - 1)
  await loseEverything()
  await expect(restore()).rejects.toThrow(`${damaged}/ERASURES/stream.tar.s2 is not what was written`)
  expect(await restore(whole)).toBe(whole)
  expect((await look()).last).toEqual([expect.any(String), 'rules', 'entry'])
})

test('a copy that is not there is not brought back, and those that are there are told', async () => {
  const name = await snapshot()
  await loseEverything()
  for (const other of ['20200101T000000Z', `${name}.part`, '..'])
    await expect(restore(other)).rejects.toThrow(`holds no snapshot ${other}; there are: ${name}`)
})

test('a copy that lacks a piece on its way is none', async () => {
  await fill()
  const backup = await nats.connect('backup')
  const subscribe = backup.subscribe.bind(backup)
  backup.subscribe = (...given) => {
    const pieces = subscribe(...given)
    const all = { [Symbol.asyncIterator]: pieces[Symbol.asyncIterator].bind(pieces) }
    pieces[Symbol.asyncIterator] = async function* () {
      let count = 0
      for await (const piece of all)
        if (++count === 7) piece.respond()
        else yield piece
    }
    return pieces
  }
  await expect(takeSnapshot(backup, { folder, keep: 3, now })).rejects.toThrow('a piece of the copy was lost')
  expect(await readdir(folder)).toEqual([])
})

test('one that fails leaves nothing in the way, and takes nothing of one that is being made', async () => {
  const other = '20261122T123000Z.part'
  await mkdir(join(folder, other))
  const manager = await jetstreamManager(await nats.connect('admin'))
  await manager.streams.delete(ledgerStream)
  await expect(snapshot()).rejects.toThrow('stream not found')
  expect(await readdir(folder)).toEqual([other])
})

test('where the clock was wrong, the copy that was made last is the one that stays and is brought back', async () => {
  for (let hour = 1; hour <= 3; hour++) await snapshot(new Date(Date.UTC(2027, 0, 1, hour)), 2)
  await fill()
  const last = await snapshot(now, 2)
  expect(await readdir(folder)).toEqual([last])
  await loseEverything()
  expect(await restore()).toBe(last)
})

test('who makes copies may bring none back', async () => {
  await snapshot()
  await loseEverything()
  const from = { folder, name: undefined, now }
  await expect(restoreSnapshot(await nats.connect('backup'), from)).rejects.toThrow(/permission/i)
})
