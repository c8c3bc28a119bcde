import { CheckError } from '@candor/runtime/check-up'
import type { Check } from '@candor/runtime/check-up'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { createOutgoingFetch } from '@candor/runtime/outgoing-fetch'
import { paymentRecipient } from './sandbox.ts'

/** That the payment provider answers and knows our key: asks for a checkout that does not exist. */
export function providerCheck({ PAYMENT_API_URL, PAYMENT_API_KEY }: Settings): Check {
  const outgoing = createOutgoingFetch({
    hostsOf: () => [new URL(PAYMENT_API_URL).host],
    metrics: createMetrics('billing'),
    log: createLogger({ service: 'billing', level: 'silent' }),
  })
  return {
    name: 'provider',
    async look() {
      const response = await outgoing(paymentRecipient, `${PAYMENT_API_URL}/v1/checkout_sessions/doctor`, {
        headers: { authorization: `Bearer ${PAYMENT_API_KEY}` },
        signal: AbortSignal.timeout(5_000),
      }).catch((cause: unknown) => {
        throw new CheckError('the payment provider does not answer', reachAdvice, { cause })
      })
      if (response.status === 401 || response.status === 403)
        throw new CheckError('the payment provider refuses our key', keyAdvice)
      if (response.status >= 500)
        throw new CheckError(`the payment provider fails: ${response.status}`, reachAdvice)
      return { found: `${new URL(PAYMENT_API_URL).host} knows our key` }
    },
  }
}

const reachAdvice = 'See deploy/runbooks/PaymentProviderFailing.md.'
const keyAdvice = 'Put the key from its dashboard into PAYMENT_API_KEY: see "Rotate" in docs/operations.md.'

interface Settings {
  PAYMENT_API_URL: string
  PAYMENT_API_KEY: string
}
