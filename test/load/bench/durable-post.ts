import type { Delivered } from './clients/talk.ts'
import type { Measurement } from './figure.ts'
import { counted } from './counted.ts'
import { cpuMs } from './process-cost.ts'
import { startProduct } from './product.ts'
import { startClient } from './start-client.ts'
import { startStrawman } from './rival.ts'

const conversations = 200
const inFlight = 64

/** How many posts are stored a second, each answered after its commit and shown to who reads. */
export const durablePost: Measurement = {
  figures: [
    {
      id: 'P1',
      what: 'durable posts a second / strawman, 64 in flight, 200 B, 200 conversations',
      floor: 1,
      aim: 1.6,
      better: 'more',
    },
    {
      id: 'P2',
      what: 'durable posts a second / single-row inserts by 16 plain clients',
      floor: 0.35,
      aim: 0.5,
      better: 'more',
    },
  ],
  async measure({ grounds, rounds, seconds, note, tell }) {
    await using rival = await startStrawman(grounds, { count: conversations })
    await using product = await startProduct(grounds, { count: conversations, watched: conversations })
    await using inserts = await startClient(grounds, 'inserts')
    await using toRival = await startClient(grounds, 'talk', rival.place())
    await using toProduct = await startClient(grounds, 'talk', product.place())
    const postTo = async (
      client: typeof toRival,
      forSeconds: number,
    ): Promise<Delivered & { rate: number }> =>
      counted(await client.ask('postBusily', { inFlight, seconds: forSeconds }), tell)
    const insert = async (forSeconds: number): Promise<number> =>
      inserts.ask('insert', { url: rival.databaseUrl, clients: 16, seconds: forSeconds })

    const costsOf = (server: { pid: number }, client: { pid: number }) => [
      cpuMs(server.pid),
      cpuMs(grounds.postgresPid, { withChildren: true }),
      cpuMs(client.pid),
    ]
    const spend = async (server: { pid: number }, client: typeof toRival) => {
      const before = costsOf(server, client)
      const posted = await postTo(client, seconds)
      const spent = costsOf(server, client).map((ms, at) =>
        ((ms - before[at]!) / (posted.rate * seconds)).toFixed(2),
      )
      return { ...posted, cost: `server ${spent[0]}, PostgreSQL ${spent[1]}, client ${spent[2]}` }
    }

    for (const client of [toRival, toProduct]) await postTo(client, 2)
    await insert(1)
    for (let round = 1; round <= rounds; round++) {
      await product.settle()
      const strawman = await spend(rival, toRival)
      const inserted = await insert(seconds)
      const ours = await spend(product, toProduct)
      note('P1', ours.rate / strawman.rate)
      note('P2', ours.rate / inserted)
      tell(
        `posts/s ${ours.rate.toFixed(0)}, strawman ${strawman.rate.toFixed(0)}, inserts ${inserted.toFixed(0)}; ` +
          `delivered p99 ms ${ours.p99.toFixed(0)}, strawman ${strawman.p99.toFixed(0)}; ` +
          `CPU ms a post: ${ours.cost}; strawman's ${strawman.cost}`,
      )
    }
  },
}
