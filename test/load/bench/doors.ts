import { randomUUID } from 'node:crypto'
import type { Measurement } from './figure.ts'
import { startClient } from './start-client.ts'
import { startSmall } from './start-small.ts'

const inFlight = 32

/** What our doors cost, beside tRPC's own server and beside Node's plain one: a procedure with nothing behind it. */
export const doors: Measurement = {
  figures: [
    {
      id: 'P6',
      what: "service calls a second over NATS / tRPC's standalone adapter and httpLink, 32 in flight",
      floor: 2.5,
      aim: 2.5,
      better: 'more',
    },
    {
      id: 'P7',
      what: 'calls a second at the HTTP door, with a token / raw node http with zod, 32 connections',
      floor: 0.5,
      aim: 0.5,
      better: 'more',
    },
  ],
  async measure({ grounds, rounds, seconds, note, tell }) {
    await using small = await startSmall(grounds)
    await using caller = await startClient(grounds, 'calls')
    const sub = randomUUID()
    const visitor = { kind: 'visitor', tenant: randomUUID(), sub, session: randomUUID() } as const
    const token = await grounds.tokens.sign(visitor, 36_000)
    const { url, seeds } = grounds.nats
    const laps = {
      standalone: { job: 'overTrpc', url: `http://127.0.0.1:${small.standalonePort}` },
      nats: { job: 'overNats', url, seed: seeds.operator },
      raw: { job: 'overHttp', port: small.rawPort, path: '/rename' },
      door: { job: 'overHttp', port: small.httpPort, path: '/trpc/billing/rename', token },
    }
    const call = async (lap: keyof typeof laps, forSeconds: number): Promise<number> =>
      caller.ask(laps[lap].job, { ...laps[lap], inFlight, seconds: forSeconds })

    for (const lap of Object.keys(laps)) await call(lap as keyof typeof laps, 2)
    for (let round = 1; round <= rounds; round++) {
      const rates = {} as Record<keyof typeof laps, number>
      for (const lap of ['standalone', 'nats', 'raw', 'door'] as const) rates[lap] = await call(lap, seconds)
      note('P6', rates.nats / rates.standalone)
      note('P7', rates.door / rates.raw)
      tell(
        `calls/s over NATS ${rates.nats.toFixed(0)}, tRPC's own ${rates.standalone.toFixed(0)}; ` +
          `at the door ${rates.door.toFixed(0)}, raw ${rates.raw.toFixed(0)}`,
      )
    }
  },
}
