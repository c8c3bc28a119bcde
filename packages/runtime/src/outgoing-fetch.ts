import type { Log } from './logger.ts'
import type { Metrics } from './metrics.ts'

/** `fetch`, but only to who stands on the register of recipients: that of `tenantId`, where it is for one. */
export type OutgoingFetch = (
  recipient: string,
  url: string | URL,
  init?: RequestInit,
  tenantId?: string,
) => Promise<Response>

/** The hosts a recipient may be reached at; undefined where no such recipient is registered. */
export type RecipientHosts = (
  recipient: string,
  tenantId: string | undefined,
) => readonly string[] | undefined | Promise<readonly string[] | undefined>

/**
 * The one way out over HTTP: a call names the recipient it is for, and goes to a host registered for that recipient or
 * nowhere. Redirects are refused too, for they lead where nobody has registered anything.
 */
export function createOutgoingFetch(options: {
  hostsOf: RecipientHosts
  metrics: Metrics
  log: Log
}): OutgoingFetch {
  const calls = options.metrics.counter('outgoing_calls_total', 'Calls to recipients by outcome', [
    'recipient',
    'outcome',
  ])
  return async (recipient, url, init, tenantId) => {
    const { host, protocol } = new URL(url)
    const hosts = await options.hostsOf(recipient, tenantId)
    if (!hosts?.includes(host) || !/^https?:$/.test(protocol)) {
      calls.inc({ recipient: hosts ? recipient : 'unregistered', outcome: 'refused' })
      options.log.error({ recipient, host }, 'a call to an unregistered recipient was refused')
      throw new UnregisteredRecipientError(recipient, host)
    }
    try {
      const response = await fetch(url, { ...init, redirect: 'error' })
      calls.inc({ recipient, outcome: response.ok ? 'ok' : 'failed' })
      return response
    } catch (err) {
      calls.inc({ recipient, outcome: 'failed' })
      throw err
    }
  }
}

export class UnregisteredRecipientError extends Error {
  override readonly name = 'UnregisteredRecipientError'

  constructor(recipient: string, host: string) {
    super(`${host} is not registered as a host of ${recipient}`)
  }
}
