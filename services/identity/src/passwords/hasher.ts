import { randomBytes } from 'node:crypto'
import { ServiceError } from '@candor/rpc/service-error'
import type { Metrics } from '@candor/runtime/metrics'
import { hash, verify } from '@node-rs/argon2'

/**
 * argon2id. Each run takes 19 MiB, so two run at once and a bounded number waits; beyond that callers are sent away.
 * Without a hash to compare with, a password is compared with one that fits nothing: the same work, the same time.
 */
export function createPasswordHasher(metrics: Metrics): PasswordHasher {
  const runs = metrics.counter('password_hashes_total', 'Runs of argon2id', ['kind'])
  const waiting: (() => void)[] = []
  let running = 0
  metrics.gauge('password_hashes_waiting', 'Runs of argon2id that wait for their turn', [], (set) =>
    set({}, waiting.length),
  )

  async function inTurn<T>(kind: 'hash' | 'verify', work: () => Promise<T>): Promise<T> {
    if (running >= parallelMax && waiting.length >= waitingMax) {
      throw new ServiceError('too-many', 'too many people are signing in; try again', {
        retryAfterSeconds: 2,
      })
    }
    if (running >= parallelMax) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      runs.inc({ kind })
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  return {
    hash: (password) => inTurn('hash', () => hash(normalise(password), parameters)),
    async verify(passwordHash, password) {
      const fits = await inTurn('verify', () => verify(passwordHash ?? nobodysHash, normalise(password)))
      return fits && passwordHash !== undefined
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith(parametersPrefix),
  }
}

const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const parametersPrefix = '$argon2id$v=19$m=19456,t=2,p=1$'
const nobodysHash = `${parametersPrefix}${unpadded(16)}$${unpadded(32)}`
const parallelMax = 2
const waitingMax = 100

function unpadded(bytes: number): string {
  return randomBytes(bytes).toString('base64').replace(/=+$/, '')
}

/** The same password typed on another keyboard may come in other code points. */
function normalise(password: string): string {
  return password.normalize('NFKC')
}

export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Whether the password fits; never without a hash, and no sooner. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>
  /** Whether it was made with other parameters than today's. */
  isOutdated(passwordHash: string): boolean
}
