import { CheckError } from '@candor/runtime/check-up'
import type { Check, Complaint } from '@candor/runtime/check-up'
import { systemClock } from '@candor/runtime/clock'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { createOutgoingFetch } from '@candor/runtime/outgoing-fetch'
import { paymentRecipient } from './sandbox.ts'
import { toleranceSeconds } from './standard-webhooks.ts'

/**
 * That the payment provider answers, knows our key, and has our time: asks for a checkout that does not exist, with the
 * key and without it. Whoever refuses neither call is somebody else.
 */
export function providerCheck({ PAYMENT_API_URL, PAYMENT_API_KEY, CLOCK_OFFSET_MS }: Settings): Check {
  const { host } = new URL(PAYMENT_API_URL)
  const outgoing = createOutgoingFetch({
    hostsOf: () => [host],
    metrics: createMetrics('billing'),
    log: createLogger({ service: 'billing', level: 'silent' }),
  })
  async function ask(headers: Record<string, string>) {
    const signal = AbortSignal.timeout(deadlineSeconds * 1_000)
    const url = `${PAYMENT_API_URL}/v1/checkout_sessions/doctor`
    const response = await outgoing(paymentRecipient, url, { headers, signal }).catch((cause: unknown) => {
      throw unanswered(cause)
    })
    await response.body?.cancel()
    return response
  }
  return {
    name: 'provider',
    async look() {
      const { status, headers } = await ask({ authorization: `Bearer ${PAYMENT_API_KEY}` })
      const wrong =
        complaintOf(status) ??
        (isRefusal((await ask({})).status) ? undefined : stranger) ??
        clockComplaint(headers.get('date'), systemClock(CLOCK_OFFSET_MS).now())
      return wrong
        ? { found: `${host} answers ${status}`, wrong: [wrong] }
        : { found: `${host} knows our key` }
    },
  }
}

const deadlineSeconds = 5

function unanswered(err: unknown): CheckError {
  // The message of `fetch` itself may hold the key.
  const { name, cause } = err as Error & { cause?: { code?: string; message?: string } }
  if (name === 'TimeoutError')
    return new CheckError(`the payment provider did not answer within ${deadlineSeconds} s`, reachAdvice)
  if (cause?.message === 'unexpected redirect')
    return new CheckError('the payment provider sends us elsewhere, and no redirect is followed', urlAdvice)
  const why = cause?.code ?? cause?.message ?? 'PAYMENT_API_KEY cannot stand in a header'
  return new CheckError(`the call to the payment provider failed: ${why}`, reachAdvice)
}

function complaintOf(status: number): Complaint | undefined {
  if (status === 404) return undefined
  if (isRefusal(status)) return { what: 'it refuses our key', toDo: keyAdvice }
  if (status === 429)
    return {
      what: 'it takes no more calls just now; whether it knows our key cannot be told',
      toDo: busyAdvice,
    }
  if (status >= 500) return { what: 'it fails', toDo: reachAdvice }
  return { what: 'so it does not answer for a checkout that does not exist', toDo: urlAdvice }
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403
}

function clockComplaint(date: string | null, now: Date): Complaint | undefined {
  const offSeconds = Math.round(Math.abs(Date.parse(date ?? '') - now.getTime()) / 1_000)
  return offSeconds > toleranceSeconds
    ? {
        what: `its clock and ours differ by ${offSeconds} s, so that its notices are refused`,
        toDo: clockAdvice,
      }
    : undefined
}

const reachAdvice = 'See deploy/runbooks/PaymentProviderFailing.md.'
const keyAdvice = 'Put the key from its dashboard into PAYMENT_API_KEY: see "Rotate" in docs/operations.md.'
const busyAdvice = `Ask again in a minute; until then payments are refused too. ${reachAdvice}`
const urlAdvice =
  'PAYMENT_API_URL has to be the address where the provider itself answers, with https where it has it.'
const clockAdvice = 'Mend time synchronisation on the nodes, and unset CLOCK_OFFSET_MS.'
const stranger: Complaint = { what: 'it asks for no key, so that it is hardly the provider', toDo: urlAdvice }

interface Settings {
  PAYMENT_API_URL: string
  PAYMENT_API_KEY: string
  CLOCK_OFFSET_MS: number
}
