import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { AnyTRPCRouter } from '@trpc/server'
import { writeHead } from './any-origin.ts'
import type { DoorContext } from './call.ts'
import { invoke, shapeOf } from './call-procedure.ts'
import type { RouterCall } from './router-call.ts'
import { pingEveryMs, reconnectAfterMs } from './stream-events.ts'
import type { Send, Stream } from './stream-events.ts'

/**
 * Sends what a subscription has to say as server-sent events (WHATWG HTML, section 9.2), named as tRPC's clients expect.
 * A reader that takes nothing for a while is cut with a reset; it resumes from the last event that reached it.
 */
export async function sendEvents(
  router: AnyTRPCRouter,
  call: RouterCall,
  ctx: DoorContext,
  response: ServerResponse,
): Promise<void> {
  // It ends with its connection (RFC 9112, section 6.3): framed in chunks, each event would be written in four parts.
  response.useChunkedEncodingByDefault = false
  writeHead(response, 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    connection: 'close',
  })
  const { socket } = response
  // Its reader has gone, or it is not this response's turn: either way nothing would ever be sent.
  if (!socket) return void response.destroy()
  // Written at once, and past the response, which would join each event with a head that has long been sent.
  response.flushHeaders()
  socket.write(named('connected', JSON.stringify({ reconnectAfterInactivityMs: reconnectAfterMs })))
  const ping = setInterval(() => socket.writableNeedDrain || socket.write(named('ping', '')), pingEveryMs)
  const take: Send<unknown> = (events) => {
    ping.refresh()
    let text = ''
    for (const { id, shared } of events) {
      shared.text ??= JSON.stringify(shared.checked)
      text += `data: ${shared.text}\nid: ${id}\n\n\n`
    }
    if (!socket.write(text)) return drained(socket)
  }
  const onGone = (then: () => void) => {
    if (response.closed) then()
    else response.once('close', then)
  }
  try {
    const stream = (await invoke(router, call, ctx)) as Stream
    await stream({ take, onGone })
    response.end(named('return', ''))
  } catch (thrown) {
    response.end(named('serialized-error', JSON.stringify(shapeOf(router, call, ctx, thrown))))
  } finally {
    clearInterval(ping)
  }
}

function named(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n\n`
}

/** Resolves once the reader took what waits for it, or is gone: of itself, or cut since it was given time enough. */
async function drained(socket: Socket): Promise<void> {
  const waiting = new AbortController()
  const { signal } = waiting
  const cut = setTimeout(() => socket.resetAndDestroy(), patienceMs)
  await Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]).catch(() => {})
  clearTimeout(cut)
  waiting.abort()
}

const patienceMs = 10_000
