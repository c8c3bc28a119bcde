import { z } from 'zod'

/** The sandbox provider's configuration, from its own environment. */
export function readPaymentsConfig(env: NodeJS.ProcessEnv = process.env): PaymentsConfig {
  const parsed = Environment.safeParse(env)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment of the payment provider is wrong:\n${problems.join('\n')}`)
}

const Environment = z.object({
  HTTP_PORT: z.coerce.number().int().min(0).max(65535),
  DATA_FILE: z.string().min(1),
  PAYMENT_API_KEY: z.string().min(16),
  PAYMENT_WEBHOOK_SECRET: z.string().startsWith('whsec_').min(20),
})

export type PaymentsConfig = z.infer<typeof Environment>
