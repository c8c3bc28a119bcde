import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Where the checkout stands. */
export const rootDir = resolve(import.meta.dirname, '../../..')

/** The local stack's whole configuration. Throws one error that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): LocalConfig {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is wrong:\n${problems.join('\n')}`)
  }
  const { data } = parsed
  return {
    port: data.CANDOR_PORT,
    dataDir: resolve(rootDir, data.CANDOR_DATA),
    shopPort: data.CANDOR_SHOP_PORT,
    logLevel: data.LOG_LEVEL,
    clockOffsetMs: data.CLOCK_OFFSET_MS,
    tools: {
      natsServer: data.CANDOR_NATS_SERVER,
      chromium: data.CANDOR_CHROMIUM,
      path: data.PATH,
      cacheDir: data.XDG_CACHE_HOME ? join(data.XDG_CACHE_HOME, 'candor') : join(homedir(), '.cache/candor'),
      fallbackCacheDir: resolve(rootDir, data.CANDOR_DATA, 'cache'),
    },
  }
}

const Port = z.coerce.number('must be a port number').int().min(0).max(65535)

const Environment = z.object({
  /** Mails and bookmarks lead to it at the next start too, so it can't be any free one. */
  CANDOR_PORT: Port.min(
    1,
    'must be a port from 1 to 65535: mails lead to it, so it has to stay the same',
  ).default(8080),
  CANDOR_DATA: z.string().min(1).default('.candor'),
  /** Also serves the demo shop as a foreign page, from an origin of its own; 0 takes a free port. */
  CANDOR_SHOP_PORT: Port.optional(),
  CANDOR_NATS_SERVER: z.string().min(1).optional(),
  CANDOR_CHROMIUM: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
  XDG_CACHE_HOME: z.string().optional(),
  PATH: z.string().default(''),
})

export interface LocalConfig {
  readonly port: number
  readonly dataDir: string
  readonly shopPort: number | undefined
  readonly logLevel: string
  readonly clockOffsetMs: number
  readonly tools: ToolConfig
}

/** Where programs that npm does not install are looked for and kept. */
export interface ToolConfig {
  readonly natsServer: string | undefined
  readonly chromium: string | undefined
  readonly path: string
  readonly cacheDir: string
  /** Used where `cacheDir` cannot be written. */
  readonly fallbackCacheDir: string
}
