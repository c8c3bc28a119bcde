import type { Measurement } from './figure.ts'
import { startClient } from './start-client.ts'
import { startSmall } from './start-small.ts'

const inFlight = 32

/** What a call from service to service costs: a procedure with nothing behind it. */
export const serviceCall: Measurement = {
  figures: [
    {
      id: 'P6',
      what: "service calls a second over NATS / tRPC's standalone adapter and httpLink, 32 in flight",
      floor: 2.5,
      aim: 2.5,
      better: 'more',
    },
  ],
  async measure({ grounds, rounds, seconds, note, tell }) {
    await using small = await startSmall(grounds)
    await using caller = await startClient(grounds, 'calls')
    const { url, seeds } = grounds.nats
    const trpcUrl = `http://127.0.0.1:${small.standalonePort}`
    const callRival = (forSeconds: number): Promise<number> =>
      caller.ask('overTrpc', { url: trpcUrl, inFlight, seconds: forSeconds })
    const callOurs = (forSeconds: number): Promise<number> =>
      caller.ask('overNats', { url, seed: seeds.operator, inFlight, seconds: forSeconds })

    for (const call of [callRival, callOurs]) await call(2)
    for (let round = 1; round <= rounds; round++) {
      const rival = await callRival(seconds)
      const ours = await callOurs(seconds)
      note('P6', ours / rival)
      tell(`calls/s over NATS ${ours.toFixed(0)}, tRPC's own ${rival.toFixed(0)}`)
    }
  },
}
