import { existsSync } from 'node:fs'
import { waitUntil } from '@candor/local/processes/wait-until'
import type { Bench, Measurement } from './figure.ts'
import type { Place } from './clients/writers.ts'
import { cpuMs, residentKb } from './process-cost.ts'
import { startProduct } from './product.ts'
import { startStrawman } from './rival.ts'
import { startClient } from './start-client.ts'

const conversations = 500
const connections = 1_000
const firstConnections = 50
const notesPerSecond = 1_000

/** What a thousand live connections cost the server that holds them, with two readers in each conversation. */
export const liveConnections: Measurement = {
  figures: [
    {
      id: 'P8-cpu',
      what: 'CPU a delivery at 1,000 live connections / raw ws (less is better)',
      floor: 1.5,
      aim: 1.5,
      better: 'less',
    },
    {
      id: 'P8-memory',
      what: 'resident memory an idle live connection / raw ws (less is better)',
      floor: 2,
      aim: 2,
      better: 'less',
    },
  ],
  async measure(bench) {
    const { grounds, rounds, note, tell } = bench
    // Linux alone tells what another process uses.
    if (!existsSync('/proc/self/stat')) return tell('not measured: this machine has no /proc')
    const seed = { count: conversations, watched: conversations }
    for (let round = 1; round <= rounds; round++) {
      const rival = await withStarted(startStrawman(grounds, seed), (server) => costs(bench, server))
      const ours = await withStarted(startProduct(grounds, seed), (server) => costs(bench, server))
      note('P8-cpu', ours.cpuUs / rival.cpuUs)
      note('P8-memory', ours.memoryKb / rival.memoryKb)
      tell(
        `CPU µs a delivery ${ours.cpuUs.toFixed(0)}, raw ws ${rival.cpuUs.toFixed(0)}; ` +
          `kB a connection ${ours.memoryKb.toFixed(1)}, raw ws ${rival.memoryKb.toFixed(1)}`,
      )
    }
  },
}

async function costs({ grounds, seconds, tell }: Bench, server: Server) {
  const place = server.place()
  await using notes = await startClient(grounds, 'notes')
  await using client = await startClient(grounds, 'talk')
  const { url, seeds } = grounds.nats
  await notes.ask('listen', { url, seed: seeds.chat })
  const open = (from: number, to: number) =>
    client.ask('open', {
      place,
      readers: Array.from({ length: to - from }, (_, at) => (from + at) % conversations),
    })

  // What the first ones make it load and compile does not count.
  await open(0, firstConnections)
  const beforeKb = residentKb(server.pid)
  await open(firstConnections, connections)
  const memoryKb = (residentKb(server.pid) - beforeKb) / (connections - firstConnections)

  // The notes to go on from.
  await client.ask('postOnce', { count: conversations })

  const deliver = async (forSeconds: number): Promise<number> => {
    const count = (): Promise<{ received: number; ended: number }> => client.ask('count', {})
    const before = await count()
    const due = 2 * (await notes.ask('repeat', { rate: notesPerSecond, seconds: forSeconds }))
    let after = before
    const isDone = async () => (after = await count()).received - before.received >= due
    await waitUntil('', isDone, { deadlineMs: 10_000 }).catch(() => {
      tell(
        `${due - (after.received - before.received)} deliveries are missing; ${after.ended} streams have ended`,
      )
    })
    return after.received - before.received
  }
  await deliver(3)
  const usedMs = cpuMs(server.pid)
  const delivered = await deliver(seconds)
  return { memoryKb, cpuUs: ((cpuMs(server.pid) - usedMs) * 1_000) / delivered }
}

async function withStarted<T extends AsyncDisposable, R>(
  starting: Promise<T>,
  work: (started: T) => Promise<R>,
) {
  await using started = await starting
  // It goes once the work is done, not once it has begun.
  return await work(started)
}

type Server = { pid: number; place(): Place }
