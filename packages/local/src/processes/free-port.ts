import { createServer } from 'node:net'

/** `count` different loopback ports that nobody listens on; those in `preferred` that are free come first. */
export async function freePorts(count: number, preferred: number[] = []): Promise<number[]> {
  const held = []
  for (const port of preferred.slice(0, count)) held.push((await hold(port)) ?? (await hold(0))!)
  while (held.length < count) held.push((await hold(0))!)
  await Promise.all(held.map(({ release }) => release()))
  return held.map(({ port }) => port)
}

async function hold(wanted: number): Promise<{ port: number; release: () => Promise<void> } | undefined> {
  const server = createServer()
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(wanted, '127.0.0.1', () => resolve(true))
  })
  if (!listening) return undefined
  const { port } = server.address() as { port: number }
  return { port, release: () => new Promise((resolve) => server.close(() => resolve())) }
}
