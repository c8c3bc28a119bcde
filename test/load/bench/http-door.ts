import { randomUUID } from 'node:crypto'
import type { Measurement } from './figure.ts'
import { cpuMs } from './process-cost.ts'
import { startClient } from './start-client.ts'
import { startSmall } from './start-small.ts'

const inFlight = 32

/** What our HTTP door costs: a procedure with nothing behind it, called by a visitor with a token. */
export const httpDoor: Measurement = {
  figures: [
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
    const laps = {
      rival: { port: small.rawPort, path: '/rename', pid: small.rawPid },
      ours: { port: small.httpPort, path: '/trpc/billing/rename', pid: small.servicePid, token },
    }
    const call = async (lap: keyof typeof laps, forSeconds: number) => {
      const usedMs = cpuMs(laps[lap].pid)
      const rate: number = await caller.ask('overHttp', { ...laps[lap], inFlight, seconds: forSeconds })
      return { rate, cpuUs: ((cpuMs(laps[lap].pid) - usedMs) * 1_000) / (rate * forSeconds) }
    }

    for (const lap of ['rival', 'ours'] as const) await call(lap, 3)
    for (let round = 1; round <= rounds; round++) {
      const rival = await call('rival', seconds)
      const ours = await call('ours', seconds)
      note('P7', ours.rate / rival.rate)
      tell(
        `calls/s ${ours.rate.toFixed(0)}, raw ${rival.rate.toFixed(0)}; ` +
          `CPU µs a call ${ours.cpuUs.toFixed(0)}, raw ${rival.cpuUs.toFixed(0)}`,
      )
    }
  },
}
