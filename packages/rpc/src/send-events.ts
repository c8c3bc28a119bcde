import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { AnyTRPCRouter } from '@trpc/server'
import type { DoorContext } from './call.ts'
import { invoke, shapeOf } from './call-procedure.ts'
import type { RouterCall } from './router-call.ts'
import { pingEveryMs, reconnectAfterMs } from './stream-events.ts'

/**
 * Sends what a subscription yields as server-sent events (WHATWG HTML, section 9.2), named as tRPC's clients expect. A
 * reader that takes nothing for a while is cut with a reset; it resumes from the last event that reached it.
 */
export async function sendEvents(
  router: AnyTRPCRouter,
  call: RouterCall,
  ctx: DoorContext,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  })
  response.write(named('connected', JSON.stringify({ reconnectAfterInactivityMs: reconnectAfterMs })))
  const ping = setInterval(() => response.writableNeedDrain || response.write(named('ping', '')), pingEveryMs)
  try {
    const events = (await invoke(router, call, ctx)) as AsyncIterable<[id: string, data: object]>
    for await (const [id, data] of events) {
      ping.refresh()
      if (response.write(`data: ${encodeOnce(data)}\nid: ${id}\n\n\n`)) continue
      if (!(await isTaken(response))) return void response.socket?.resetAndDestroy()
    }
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

/** One event goes to any number of readers and is encoded for the first. */
function encodeOnce(data: object): string {
  const known = encoded.get(data)
  if (known !== undefined) return known
  const text = JSON.stringify(data)
  encoded.set(data, text)
  return text
}

const encoded = new WeakMap<object, string>()

/** Whether the reader took what waits for it, within the time it is given; true too of one that has left. */
async function isTaken(response: ServerResponse): Promise<boolean> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), patienceMs)
  try {
    const { signal } = patience
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
    patience.abort()
  }
}

const patienceMs = 10_000
