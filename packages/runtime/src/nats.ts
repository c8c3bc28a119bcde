import { setTimeout as delay } from 'node:timers/promises'
import { AuthorizationError, connect, nkeyAuthenticator } from '@nats-io/transport-node'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Log } from './logger.ts'

/**
 * Connects as one NATS user with a private inbox prefix, and keeps reconnecting for ever: the client's defaults give
 * up after twenty seconds and notice a dead link after four minutes. A first connection that fails is tried again too,
 * and said, for the client would wait without a word; a key that is not known is no matter of waiting.
 */
export async function connectNats(options: NatsUserOptions & { log: Log }): Promise<NatsConnection> {
  for (let saidAt = -Infinity; ;) {
    try {
      const nats = await connect({
        ...identityOf(options),
        maxReconnectAttempts: -1,
        reconnectTimeWait: retryMs,
        reconnectJitter: retryMs,
        pingInterval: 5_000,
        maxPingOut: 2,
        timeout: 3_000,
      })
      void logStatus(nats, options.log)
      return nats
    } catch (err) {
      if (err instanceof AuthorizationError) throw err
      if (performance.now() - saidAt > sayEveryMs) {
        options.log.warn({ err }, 'NATS is not reached; the doctor says why')
        saidAt = performance.now()
      }
      await delay(retryMs)
    }
  }
}

const retryMs = 250
const sayEveryMs = 10_000

/** The same for somebody who wants to know whether it goes, now. */
export function connectNatsOnce(options: NatsUserOptions): Promise<NatsConnection> {
  return connect({ ...identityOf(options), reconnect: false, timeout: 3_000 })
}

interface NatsUserOptions {
  /** With `tls:` the broker has to prove its name; plain text is refused. */
  url: string
  caFile?: string | undefined
  seed: string
  name: string
}

function identityOf({ url, caFile, seed, name }: NatsUserOptions) {
  return {
    servers: url,
    ...(url.startsWith('tls:') && { tls: caFile ? { caFile } : {} }),
    name,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
    inboxPrefix: `_INBOX_${name}`,
  }
}

/** Sends what is waiting and closes; with the broker away there is nobody to send to, and it just closes. */
export async function closeNats(nats: NatsConnection): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, 2_000).unref())
  await Promise.race([nats.drain().catch(() => {}), patience])
  await nats.close()
}

async function logStatus(nats: NatsConnection, log: Log): Promise<void> {
  for await (const { type } of nats.status()) {
    if (type === 'disconnect' || type === 'reconnect' || type === 'error') log.warn({ status: type }, 'nats')
  }
}
