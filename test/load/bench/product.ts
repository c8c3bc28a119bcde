import { migrations } from '@candor/chat/migrations'
import { freePorts } from '@candor/local/processes/free-port'
import { waitUntil } from '@candor/local/processes/wait-until'
import { createTestDatabase } from '@candor/testing/test-database'
import { ask } from './grounds.ts'
import type { Grounds } from './grounds.ts'
import type { Place } from './clients/writers.ts'
import { startProgram } from './programs.ts'
import { seedConversations } from './seed-conversations.ts'
import type { Seed } from './seed-conversations.ts'

/** The chat service as it is deployed, each replica a process of its own, with conversations to write into. */
export async function startProduct(grounds: Grounds, seed: Seed) {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase({ service: 'chat', migrations }))
  const { conversations, tokens } = await seedConversations(grounds, database.superuserUrl, seed)
  const ports: number[] = []
  let holder: AsyncDisposableStack = stack

  async function replica() {
    const [httpPort, operationsPort] = (await freePorts(2)) as [number, number]
    const program = holder.use(
      await startProgram({
        name: `chat-${httpPort}`,
        script: main,
        folder: grounds.folder,
        nodeOptions: grounds.productOptions,
        env: {
          NODE_ENV: 'production',
          LOG_LEVEL: 'info',
          DATABASE_URL: database.appUrl,
          NATS_URL: grounds.nats.url,
          NATS_SEED: grounds.nats.seeds.chat,
          LISTEN_ON: '127.0.0.1',
          HTTP_PORT: String(httpPort),
          OPERATIONS_PORT: String(operationsPort),
          PUBLIC_URL: 'http://localhost',
        },
        isReady: () => waitUntil('chat being ready', () => isReady(operationsPort), { deadlineMs: 60_000 }),
      }),
    )
    ports.push(httpPort)
    return { ...program, port: httpPort }
  }

  const first = await replica()
  const started = (holder = stack.move())
  return {
    pid: first.pid,
    replica,
    place: (): Place => ({
      kind: 'sse',
      ports: [...ports],
      // Where there are several, who reads is connected elsewhere than who writes.
      livePorts: ports.length === 1 ? [...ports] : [...ports.slice(1), ports[0]!],
      path: '/trpc/chat/postMessage',
      conversations,
      tokens,
      watched: seed.watched,
    }),
    /** Once nothing waits to be relayed any more: the rival does not pay for what the product left behind. */
    settle: () =>
      waitUntil('the relay being done', () => isRelayed(database.superuserUrl), {
        deadlineMs: 300_000,
        everyMs: 200,
      }),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

export type Product = Awaited<ReturnType<typeof startProduct>>

const main = new URL('../../../services/chat/src/main.ts', import.meta.url).pathname

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function isRelayed(url: string): Promise<boolean> {
  const waiting = await ask<{ n: number }>(
    url,
    'select count(*)::int as n from outbox where published_at is null',
  )
  return waiting.n === 0
}
