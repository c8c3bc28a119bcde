import { z } from 'zod'
import { readCredentials } from './credentials.ts'

/**
 * Parses a process's environment and the files of CREDENTIALS_DIRECTORY; what is empty counts as missing. Throws one
 * error that names every variable that is missing, wrong or given in both places, and no values, since some are secrets.
 */
export function readConfig<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const variables = filled(env)
  const { values, problems } = readCredentials(variables.CREDENTIALS_DIRECTORY)
  const secrets = filled(values)
  const twice = Object.keys(secrets).filter((name) => name in variables)
  const parsed = schema.safeParse({ ...variables, ...secrets })
  problems.push(
    ...twice.map((name) => `${name}: given both as a variable and as a file`),
    ...(parsed.error?.issues.map((issue) => `${issue.path.join('.') || 'environment'}: ${issue.message}`) ??
      []),
  )
  if (parsed.success && problems.length === 0) return parsed.data
  throw new Error(
    `The environment is incomplete or wrong:\n${problems.map((line) => `  ${line}`).join('\n')}`,
  )
}

function filled(values: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

/** What every service needs. A service extends it with its own. */
export const ServiceEnvironment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  NATS_URL: z.url({ protocol: /^(nats|tls)$/ }),
  /** The authority that signed the broker's certificate, as a file; without it, those the system trusts. */
  NATS_CA_FILE: z.string().min(1).optional(),
  NATS_SEED: z.string().regex(/^SU[A-Z0-9]+$/, 'the seed of a NATS user key, SU...'),
  /** Address to listen on; all of the machine's where none is named. */
  LISTEN_ON: z.string().optional(),
  HTTP_PORT: z.coerce.number().int().min(0).max(65535),
  OPERATIONS_PORT: z.coerce.number().int().min(0).max(65535),
  /** How long after SIGTERM it goes on answering, not ready: until everybody has learnt to call others. */
  DRAIN_AFTER_MS: z.coerce.number().int().min(0).max(60_000).default(0),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  /** How long after a sweep for what is past its limit the next one begins. */
  SWEEP_EVERY_MS: z.coerce.number().int().min(100).max(3_600_000).default(30_000),
  CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
})

/** A moved clock is for local and test runs: with production's promises to keep, it is refused. */
export function refuseMovedClock(config: { NODE_ENV: string; CLOCK_OFFSET_MS: number }): boolean {
  return config.NODE_ENV !== 'production' || config.CLOCK_OFFSET_MS === 0
}

/** 32 bytes in base64, as a secret key comes in the environment. */
export const SecretKey = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, '32 bytes in base64')

/** What `migrate.ts` needs: the migrator role's address, which no running service holds. */
export const MigrationEnvironment = z.object({
  MIGRATION_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  LOG_LEVEL: ServiceEnvironment.shape.LOG_LEVEL,
})
