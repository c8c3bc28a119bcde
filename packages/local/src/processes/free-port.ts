import { randomInt } from 'node:crypto'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
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

/**
 * Whoever else chooses, in whatever process of this user, leaves it alone for longer than tests run: what is stopped and
 * started anew finds its port free.
 */
async function reserve(port: number): Promise<boolean> {
  const file = join(reservations, String(port))
  try {
    await mkdir(reservations, { recursive: true })
    const before = await stat(file).catch(() => undefined)
    if (before && Date.now() - before.mtimeMs > reservedMs) await rm(file, { force: true })
    await (await open(file, 'wx')).close()
    return true
  } catch (err) {
    return (err as NodeJS.ErrnoException).code !== 'EEXIST'
  }
}

const reservedMs = 15 * 60_000

/** Not in `TMPDIR`, of which every run of the tests has its own. */
const reservations = `/tmp/candor-ports-${userInfo().uid}`

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
