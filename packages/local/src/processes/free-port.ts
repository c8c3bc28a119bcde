import { randomInt } from 'node:crypto'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

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
    const port = randomInt(12_000, 32_000)
    const held = (await reserve(port)) && (await hold(port))
    if (held) return held
  }
}

/** Whoever else chooses before it is used, in whatever process of this user, leaves it alone for two minutes. */
async function reserve(port: number): Promise<boolean> {
  const folder = join(tmpdir(), `candor-ports-${userInfo().uid}`)
  const file = join(folder, String(port))
  try {
    await mkdir(folder, { recursive: true })
    const before = await stat(file).catch(() => undefined)
    if (before && Date.now() - before.mtimeMs > reservedMs) await rm(file, { force: true })
    await (await open(file, 'wx')).close()
    return true
  } catch (err) {
    return (err as NodeJS.ErrnoException).code !== 'EEXIST'
  }
}

const reservedMs = 120_000

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
