import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A TCP line to what `url` names that can be cut, frozen or unplugged, to see what happens when that is away. */
export async function startLine(url: string): Promise<Line> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let isUnplugged = false
  const server = createServer((near) => {
    if (isUnplugged) return near.destroy()
    const far = connect(Number(port) || 80, hostname.replace(/[[\]]/g, ''))
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => sockets.forEach((socket) => socket.resetAndDestroy())
  const behindLine = new URL(url)
  behindLine.hostname = '127.0.0.1'
  behindLine.port = String((server.address() as AddressInfo).port)

  return {
    url: url.endsWith('/') ? behindLine.href : behindLine.href.replace(/\/$/, ''),
    cut,
    freeze: () => sockets.forEach((socket) => socket.unpipe().pause()),
    unplug: () => {
      isUnplugged = true
      cut()
    },
    plugIn: () => void (isUnplugged = false),
    [Symbol.asyncDispose]: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface Line extends AsyncDisposable {
  /** The same address by way of the line. */
  readonly url: string
  /** Resets every open connection. */
  cut(): void
  /** Open connections stay open and carry nothing any more. */
  freeze(): void
  /** Cuts, and refuses new connections. */
  unplug(): void
  plugIn(): void
}
