import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { startMailSink } from '@candor/local/mail-sink/mail-sink'
import { startPayments } from '@candor/local/payments/payments'
import { guardedFolder } from '@candor/local/processes/guarded-folder'

/** The mail server and the payment provider of a local installation, and how services reach them. */
export async function startThirdParties() {
  await using stack = new AsyncDisposableStack()
  const { path } = stack.use(guardedFolder('third-parties'))
  const keys = {
    PAYMENT_API_KEY: randomBytes(16).toString('hex'),
    PAYMENT_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  }
  const payments = await startPayments({ HTTP_PORT: 0, DATA_FILE: join(path, 'payments.json'), ...keys })
  stack.defer(() => payments.stop())
  const mail = await startMailSink({ folder: join(path, 'mail') })
  stack.defer(mail.stop)
  const running = stack.move()
  return {
    settings: { ...keys, PAYMENT_API_URL: payments.url, SMTP_URL: mail.smtpUrl },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
