import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** `count` different loopback ports that nobody listens on: each the one preferred at its place where that is free. */
export async function freePorts(
  count: number,
  preferred: readonly (number | undefined)[] = [],
): Promise<number[]> {
  const held: Held[] = []
  while (held.length < count) {
    const wanted = preferred[held.length]
    held.push((wanted && (await hold(wanted))) || (await holdAny()))
  }
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
