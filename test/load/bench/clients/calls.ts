import { createServiceClient } from '@candor/rpc/service-client'
import { createLogger } from '@candor/runtime/logger'
import { connectNats } from '@candor/runtime/nats'
import { createTRPCClient, httpLink } from '@trpc/client'
import { small } from '../servers/small-contract.ts'
import type { SmallRouter } from '../servers/small-contract.ts'
import { openLine, postRequest } from './http-line.ts'
import type { HttpLine } from './http-line.ts'
import { serveJobs } from './serve-jobs.ts'

// Calls one procedure over and over, as a process of its own.

const input = { id: '01890a5d-ac96-774b-bcce-b302099a8057', title: 'x'.repeat(150) }
let lines: HttpLine[] = []
let overNats: (() => Promise<unknown>) | undefined

serveJobs({
  /** As another service does: over NATS, with the client that services use. */
  async overNats({ url, seed, inFlight, seconds }: Lap & { url: string; seed: string }) {
    overNats ??= await connectCaller(url, seed)
    return busily(
      Array.from({ length: inFlight }, () => overNats!),
      seconds,
    )
  },
  /** With tRPC's own client. */
  async overTrpc({ url, inFlight, seconds }: Lap & { url: string }) {
    const client = createTRPCClient<SmallRouter>({ links: [httpLink({ url })] })
    return busily(
      Array.from({ length: inFlight }, () => () => client.rename.mutate(input)),
      seconds,
    )
  },
  /** With as little of a client as there can be. */
  async overHttp({
    port,
    path,
    token,
    inFlight,
    seconds,
  }: Lap & { port: number; path: string; token?: string }) {
    lines = await Promise.all(Array.from({ length: inFlight }, () => openLine(port)))
    const request = postRequest(path, JSON.stringify(input), token)
    const rate = await busily(
      lines.map((line) => () => line.ask(request)),
      seconds,
    )
    for (const line of lines) line.close()
    return rate
  },
})

async function connectCaller(url: string, seed: string) {
  const log = createLogger({ service: 'bench', level: 'silent' })
  const nats = await connectNats({ url, seed, name: 'operator', log })
  const client = createServiceClient(small, { nats, self: 'operator' })
  return () => client.rename.mutate(input)
}

/** Calls a second, with one after the other in each place. */
async function busily(places: (() => Promise<unknown>)[], seconds: number): Promise<number> {
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  let calls = 0
  await Promise.all(
    places.map(async (call) => {
      for (; performance.now() < until; calls++) await call()
    }),
  )
  return (calls / (performance.now() - startedAt)) * 1_000
}

interface Lap {
  inFlight: number
  seconds: number
}
