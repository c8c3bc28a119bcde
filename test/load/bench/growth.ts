import type { Delivered } from './clients/talk.ts'
import { counted } from './counted.ts'
import type { Bench } from './figure.ts'
import { startProduct } from './product.ts'
import type { Seed } from './seed-conversations.ts'
import { startClient } from './start-client.ts'

const watched = 200

const whole = [
  { what: '1,000 open conversations', count: 1_000 },
  { what: '10,000 open conversations', count: 10_000 },
  { what: '100,000 open conversations', count: 100_000 },
  { what: '1,000,000 messages stored', count: 1_000, stored: 1_000_000 },
  { what: '10,000,000 messages stored', count: 1_000, stored: 10_000_000 },
  { what: '2 replicas', count: 1_000, replicas: 2 },
  { what: '3 replicas', count: 1_000, replicas: 3 },
] satisfies Size[]

const small = [
  { what: '1,000 open conversations', count: 1_000 },
  { what: '10,000 open conversations', count: 10_000 },
  { what: '100,000 messages stored', count: 1_000, stored: 100_000 },
  { what: '2 replicas', count: 1_000, replicas: 2 },
] satisfies Size[]

/** How posts and deliveries fare as there is more of everything; the first size is what the others are compared with. */
export async function measureGrowth(bench: Bench, which: 'whole' | 'small'): Promise<void> {
  let first: Grown | undefined
  for (const size of which === 'whole' ? whole : small) {
    const grown = await measureSize(bench, size)
    first ??= grown
    bench.tell(
      `${size.what.padEnd(27)} ${grown.rate.toFixed(0).padStart(6)} posts/s (${(grown.rate / first.rate).toFixed(2)} of the first), ` +
        `delivered at 100/s p99 ${grown.p99.toFixed(1)} ms (${(grown.p99 / first.p99).toFixed(2)})`,
    )
  }
}

/** Posts go to all conversations alike, every other one to one that somebody reads. */
async function measureSize(bench: Bench, size: Size): Promise<Grown> {
  const { grounds, seconds, tell } = bench
  await using product = await startProduct(grounds, { ...size, watched })
  for (let replica = 1; replica < (size.replicas ?? 1); replica++) await product.replica()
  await using client = await startClient(grounds, 'talk', product.place())
  const lap = async (job: string, given: object): Promise<Grown> =>
    counted(await client.ask(job, given), tell)
  await lap('postBusily', { inFlight: 64, seconds: 3 })
  const { rate } = await lap('postBusily', { inFlight: 64, seconds })
  await product.settle()
  const { p99 } = await lap('postSteadily', { rate: 100, seconds })
  return { rate, p99 }
}

interface Size extends Omit<Seed, 'watched'> {
  what: string
  replicas?: number
}

type Grown = Pick<Delivered, 'p99'> & { rate: number }
