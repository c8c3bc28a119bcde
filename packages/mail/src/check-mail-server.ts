import { CheckError } from '@candor/runtime/check-up'
import type { Check } from '@candor/runtime/check-up'
import { createTransport } from 'nodemailer'

/** That the mail server takes us in, as far as one can ask without sending a letter. */
export function mailServerCheck(smtpUrl: string): Check {
  return {
    name: 'mail',
    async look() {
      const transport = createTransport({
        url: smtpUrl,
        connectionTimeout: 5_000,
        greetingTimeout: 5_000,
        socketTimeout: 5_000,
      })
      try {
        await transport.verify()
      } catch (cause) {
        const { message, code } = cause as Error & { code?: string }
        throw new CheckError(
          `the mail server does not take us in: ${message}`,
          code === 'EAUTH'
            ? 'Name and password in SMTP_URL are not right: see "Rotate" in docs/operations.md.'
            : 'Check SMTP_URL, that the mail server runs, and the network policy between here and there.',
          { cause },
        )
      } finally {
        transport.close()
      }
      return { found: `${new URL(smtpUrl).host} takes us in` }
    },
  }
}
