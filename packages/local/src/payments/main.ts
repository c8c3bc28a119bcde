import { readPaymentsConfig } from './config.ts'
import { startPayments } from './payments.ts'

const payments = await startPayments(readPaymentsConfig())
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => payments.stop())
