import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'

/** `count` different loopback ports that nobody listens on: each the one preferred at its place where that is free. */
export async function freePorts(
  count: number,
  preferred: readonly (number | undefined)[] = [],
): Promise<number[]> {
  const ports: number[] = []
  while (ports.length < count) {
    const wanted = preferred[ports.length]
    const isWanted = wanted !== undefined && !ports.includes(wanted) && (await isFree(wanted))
    ports.push(isWanted ? wanted : await anyPort())
  }
  return ports
}

/**
 * From below the ports that systems give to outgoing connections: one of those might be taken between here and its use.
 */
async function anyPort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000)
    if ((await reserve(port)) && (await isFree(port))) return port
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
const reservations = `/tmp/candor-ports-${process.getuid?.()}`

/**
 * Whether nobody answers there. Not tried by listening: a child that is forked meanwhile, by whatever thread, listens as
 * well until its own program runs, and who was given the port finds it taken.
 */
async function isFree(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return false
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'ECONNREFUSED'
  } finally {
    socket.destroy()
  }
}
