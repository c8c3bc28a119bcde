import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A TCP line to `port` that a test can cut, freeze or unplug. */
export async function startLine(port: number): Promise<Line> {
  const sockets = new Set<Socket>()
  let isUnplugged = false
  const server = createServer((near) => {
    if (isUnplugged) return near.destroy()
    const far = connect(port, '127.0.0.1')
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

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    freeze: () => sockets.forEach((socket) => socket.unpipe().pause()),
    unplug: () => {
      isUnplugged = true
      cut()
    },
    plugIn: () => {
      isUnplugged = false
    },
    [Symbol.asyncDispose]: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface Line extends AsyncDisposable {
  url: string
  /** Resets every open connection. */
  cut(): void
  /** Open connections stay open and carry nothing any more. */
  freeze(): void
  /** Cuts, and refuses new connections. */
  unplug(): void
  plugIn(): void
}
