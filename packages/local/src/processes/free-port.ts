import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** `count` different loopback ports that nobody listens on; those in `preferred` that are free come first. */
export async function freePorts(count: number, preferred: number[] = []): Promise<number[]> {
  const held: Held[] = []
  for (const port of preferred.slice(0, count)) held.push((await hold(port)) ?? (await holdAny()))
  while (held.length < count) held.push(await holdAny())
  await Promise.all(held.map(({ release }) => release()))
  return held.map(({ port }) => port)
}

/**
 * From below the ports that systems give to outgoing connections: one of those might be taken between here and its use.
 */
async function holdAny(): Promise<Held> {
  for (;;) {
    const held = await hold(randomInt(12_000, 32_000))
    if (held) return held
  }
}

async function hold(wanted: number): Promise<Held | undefined> {
  const server = createServer()
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(wanted, '127.0.0.1', () => resolve(true))
  })
  if (!listening) return undefined
  return { port: wanted, release: () => new Promise((resolve) => server.close(() => resolve())) }
}

interface Held {
  readonly port: number
  release(): Promise<void>
}
