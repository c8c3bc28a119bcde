import type { Delivered } from './clients/talk.ts'
import { counted } from './counted.ts'
import type { Measurement } from './figure.ts'
import { startProduct } from './product.ts'
import { startStrawman } from './rival.ts'
import { startClient } from './start-client.ts'

const conversations = 200
const rates = [200, 500]

/** How long it takes from a post's being sent to its being read by the other side, at rates that both keep up with. */
export const postToDeliver: Measurement = {
  figures: rates.flatMap((rate) => [
    {
      id: `P3-${rate}-p50`,
      what: `post to deliver at ${rate}/s, p50 / strawman (less is better)`,
      floor: 1.5,
      aim: 1.5,
      better: 'less',
    },
    {
      id: `P3-${rate}-p99`,
      what: `post to deliver at ${rate}/s, p99 / strawman (less is better)`,
      floor: 2,
      aim: 2,
      better: 'less',
    },
  ]),
  async measure({ grounds, rounds, seconds, note, tell }) {
    await using rival = await startStrawman(grounds, { count: conversations })
    await using product = await startProduct(grounds, { count: conversations, watched: conversations })
    await using toRival = await startClient(grounds, 'talk', rival.place())
    await using toProduct = await startClient(grounds, 'talk', product.place())
    const postTo = async (client: typeof toRival, rate: number, forSeconds: number): Promise<Delivered> =>
      counted(await client.ask('postSteadily', { rate, seconds: forSeconds }), tell)

    for (const client of [toRival, toProduct]) await postTo(client, rates[0]!, 3)
    for (let round = 1; round <= rounds; round++)
      for (const rate of rates) {
        await product.settle()
        const strawman = await postTo(toRival, rate, seconds)
        const ours = await postTo(toProduct, rate, seconds)
        note(`P3-${rate}-p50`, ours.p50 / strawman.p50)
        note(`P3-${rate}-p99`, ours.p99 / strawman.p99)
        tell(
          `${rate}/s: p50 ${ours.p50.toFixed(1)} ms, strawman ${strawman.p50.toFixed(1)}; ` +
            `p99 ${ours.p99.toFixed(1)} ms, strawman ${strawman.p99.toFixed(1)}`,
        )
      }
  },
}
